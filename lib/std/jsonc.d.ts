/** Parses JSON with comments and commas at the end. Throws a SyntaxError, whose message may end in `at position N`. */
export declare function parse(text: string): unknown;
