/**
 * Mutants of a file, as a lint plugin: Deno's own parser finds the places. Each diagnostic is one mutant; its range is what
 * is replaced, its hint is the replacement. Texts stay as they are: golden documents compare those.
 */

type Node = Deno.lint.Node;

const operators: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "&&": "||",
  "||": "&&",
  "<<": ">>",
  ">>": "<<",
  "&": "|",
  "|": "&",
  "+=": "-=",
  "-=": "+=",
  "*=": "/=",
  "/=": "*=",
  "??=": "=",
  "||=": "=",
  "&&=": "=",
  "++": "--",
  "--": "++",
};

const methods: Readonly<Record<string, string>> = {
  min: "max",
  max: "min",
  floor: "ceil",
  ceil: "floor",
  round: "floor",
  some: "every",
  every: "some",
  push: "unshift",
  unshift: "push",
  shift: "pop",
  pop: "shift",
};

/** Calls that are left out: `list.filter(f)` becomes `list`. */
const passing: ReadonlySet<string> = new Set(
  ["filter", "sort", "toSorted", "reverse", "toReversed", "slice", "subarray", "trim", "trimEnd", "padEnd", "padStart"],
);

const plugin: Deno.lint.Plugin = {
  name: "mutants",
  rules: {
    all: {
      create(context) {
        const text = (node: Node) => context.sourceCode.getText(node);
        const replace = (range: Deno.lint.Range, by: string) =>
          context.report({ range, message: context.sourceCode.text.slice(...range), hint: by });
        /** Replaces the first `operator` between two places. */
        const swap = (operator: string, [from, to]: Deno.lint.Range) => {
          const by = operators[operator];
          const at = context.sourceCode.text.indexOf(operator, from);
          if (by !== undefined && at !== -1 && at < to) replace([at, at + operator.length], by);
        };
        const between = (operator: string, left: Node, right: Node) => swap(operator, [left.range[1], right.range[0]]);
        const condition = (test: Node) => {
          for (const value of ["true", "false"]) if (text(test) !== value) replace(test.range, value);
        };
        const nothing = (value: Node) => {
          const isNever = value.type === "TSSatisfiesExpression"; // never reached
          if (!isNever && text(value) !== "undefined") replace(value.range, "undefined");
        };
        return {
          BinaryExpression: ({ operator, left, right }) => between(operator, left, right),
          LogicalExpression({ operator, left, right, range }) {
            if (operator === "??") replace(range, `((${text(left)}) && (${text(right)}))`); // the two do not mix
            else between(operator, left, right);
          },
          AssignmentExpression: ({ operator, left, right }) => between(operator, left, right),
          UpdateExpression: ({ operator, range }) => swap(operator, range),
          UnaryExpression({ operator, argument, range }) {
            if (operator === "!" || operator === "-") replace(range, `(${text(argument)})`);
          },
          Literal(node) {
            const { value, range } = node;
            if ("parent" in node && node.parent.type === "TSLiteralType") return;
            if (typeof value === "boolean") replace(range, String(!value));
            else if (typeof value === "number") replace(range, `(${text(node)} + 1)`);
          },
          IfStatement: ({ test }) => condition(test),
          ConditionalExpression: ({ test }) => condition(test),
          WhileStatement: ({ test }) => replace(test.range, "false"),
          ForStatement: ({ test }) => test && replace(test.range, "false"),
          ReturnStatement: ({ argument }) => argument && nothing(argument),
          ArrowFunctionExpression({ body }) {
            if (body.type !== "BlockStatement") nothing(body);
          },
          ExpressionStatement({ expression: { type }, range }) {
            if (type !== "Literal" && type !== "TSSatisfiesExpression") replace(range, ";");
          },
          BreakStatement: ({ range }) => replace(range, ";"),
          ContinueStatement: ({ range }) => replace(range, ";"),
          CallExpression({ callee, range }) {
            if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
            const { object, property } = callee;
            const by = methods[property.name];
            if (by !== undefined) replace(property.range, by);
            if (passing.has(property.name)) replace(range, text(object));
          },
        };
      },
    },
  },
};

export default plugin;
