/** What the parser is told about the flags. */
export interface ParseOptions {
  /** Flags without a value. */
  readonly boolean?: readonly string[];
  /** Flags whose value stays a text; `_` keeps operands from turning into numbers. */
  readonly string?: readonly string[];
  /** Flags that may be given several times. */
  readonly collect?: readonly string[];
  /** Called for each argument that is not declared; false drops it. */
  readonly unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** Parses arguments; the operands are in `_`. */
export declare function parseArgs(args: readonly string[], options?: ParseOptions): {
  readonly _: readonly string[];
  readonly [name: string]: unknown;
};
