import { UsageError } from "../../errors.ts";
import type { Argument, Placeholder } from "../../model/exec.ts";
import { isPlaceholder } from "./exec_words.ts";

/** Placeholders, and what decides whether they stand in quotes. */
const tokens = /\{(?:\/?\.|\/{0,2}|#|%)\}|\\[^]|\$\(\(|\$?\(|[^]/gu;

/**
 * The arguments of `sh` for a command that it reads. What stands for a placeholder comes as a parameter and is a variable in the
 * command: its text is never read as a part of it, wherever the placeholder stands. Quotes are added so that it stays one word. Without any placeholder, the item is the last word.
 *
 * @throws {UsageError} a placeholder stands in `$((...))`, where bash runs the `$(...)` that a variable's text has
 */
export function shellArguments(command: string): readonly Argument[] {
  const names = new Map<Placeholder, string>();
  const script = withVariables(command, (placeholder) => {
    const name = names.get(placeholder) ?? `tandem_${names.size + 1}`;
    names.set(placeholder, name);
    return `\${${name}}`;
  });
  if (names.size === 0) return shellArguments(`${command} {}`);
  // Variables, because a function in the command has parameters of its own.
  const assigned = [...names.values()].map((name, i) => `${name}=$${i + 1}`).join(" ");
  const values = [...names.keys()].map((placeholder): Argument => [{ placeholder }]);
  return [["-c"], [`${assigned}; shift ${names.size}; ${script}`], ["sh"], ...values];
}

/** The command with a variable for each placeholder: in double quotes if it does not stand in such, and never in single quotes. */
function withVariables(command: string, variable: (placeholder: Placeholder) => string): string {
  const open: string[] = []; // quotes, and commands within a command; the innermost is the last
  let script = "";
  for (const [token] of command.matchAll(tokens)) {
    const inner = open.at(-1);
    if (isPlaceholder(token)) {
      if (open.includes("$((")) {
        throw new UsageError(
          `--exec ${command}: ${token} must not stand in $((...)), where some shells run what it says`,
        );
      }
      const value = variable(token);
      script += inner === '"' ? value : inner === "'" ? `'"${value}"'` : `"${value}"`;
      continue;
    }
    script += token;
    if (inner === "'") {
      if (token.endsWith("'")) open.pop(); // a backslash before it is only itself
    } else if (token === ")" ? inner?.endsWith("(") : /["`]/.test(token) && token === inner) open.pop();
    else if (token === "$((") open.push(token, "(");
    else if (token === "$(" || token === "(" && inner !== '"') open.push("(");
    else if (token === '"' || token === "`" || token === "'" && inner !== '"') open.push(token);
  }
  return script;
}
