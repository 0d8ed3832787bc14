/**
 * A lint rule for code that measures and judges: it makes data, and `lib/report` has the words. It refuses texts of three
 * words and more, but what a claim says of itself, and errors that only a bug of ours can cause.
 */

/** Folders that build no sentences. */
export const wordless: readonly string[] = ["lib/bench/", "lib/stats/", "lib/claims/", "lib/scale/", "lib/child/"];

/** Fields in which a claim or a work quotes its text, tells its evidence and explains itself. */
const quotes: ReadonlySet<string> = new Set(["sentence", "about", "source", "says", "explained"]);

/** Errors that a caller of ours causes, never a user. */
const bugs: ReadonlySet<string> = new Set(["RangeError", "TypeError", "Error"]);

const sentence = /[a-z]{2,}[ ,:;…]+[a-z]+[ ,:;…]+[a-z]{2,}/i;

function isAllowed(node: Deno.lint.Node): boolean {
  for (let at = node; at.type !== "Program" && "parent" in at; at = at.parent as Deno.lint.Node) {
    if (at.type === "Property" && at.key.type === "Identifier" && quotes.has(at.key.name)) return true;
    if (at.type === "NewExpression" && at.callee.type === "Identifier" && bugs.has(at.callee.name)) return true;
    if (at.type === "ImportDeclaration" || at.type === "TSLiteralType") return true;
  }
  return false;
}

const plugin: Deno.lint.Plugin = {
  name: "words",
  rules: {
    "no-sentences": {
      create(context) {
        const path = context.filename.replaceAll("\\", "/");
        if (!wordless.some((folder) => path.includes(folder))) return {};
        const check = (node: Deno.lint.Node, text: unknown) => {
          if (typeof text !== "string" || !sentence.test(text) || isAllowed(node)) return;
          context.report({ node, message: `"${text}": words belong to lib/report, make it data here` });
        };
        return {
          Literal: (node) => check(node, node.value),
          TemplateLiteral: (node) => check(node, node.quasis.map(({ cooked }) => cooked).join("…")),
        };
      },
    },
  },
};

export default plugin;
