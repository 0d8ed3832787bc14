import { assertEquals } from "@std/assert";
import { mutated } from "./mutation/find.ts";
import plugin from "./mutation/mutants.ts";

/** All mutants of a text, each as the whole text with the mutant in it. */
function mutantsOf(text: string): string[] {
  return Deno.lint.runPlugin(plugin, "planted.ts", text).map(({ range: [start, end], hint = "" }) =>
    text.slice(0, start) + hint + text.slice(end)
  );
}

const kinds: readonly (readonly [kind: string, text: string, expected: readonly string[]])[] = [
  ["an operator", "a < b", ["a <= b"]],
  ["an operator between parentheses", "(a) + (b)", ["(a) - (b)"]],
  ["a default", "f(a ?? b)", ["f(((a) && (b)))"]],
  ["an assignment", "f(a ??= b)", ["f(a = b)"]],
  ["a count", "f(i++)", ["f(i--)"]],
  ["a negation", "f(!a)", ["f((a))"]],
  ["a number, whatever it is written like", "f(1_000)", ["f((1_000 + 1))"]],
  ["a boolean", "f(true)", ["f(false)"]],
  ["a condition", "if (a) {}", ["if (true) {}", "if (false) {}"]],
  ["a choice", "f(a ? b : c)", ["f(true ? b : c)", "f(false ? b : c)"]],
  ["a loop", "while (a) {}", ["while (false) {}"]],
  ["what is returned", "function f() { return a; }", ["function f() { return undefined; }"]],
  ["what an arrow function gives", "g(() => a)", ["g(() => undefined)"]],
  ["a method for its opposite", "f(Math.min(a))", ["f(Math.max(a))"]],
  ["a call that passes its list on", "f(a.filter(b))", ["f(a)"]],
];
for (const [kind, text, expected] of kinds) {
  Deno.test(`mutants: ${kind}`, () => {
    const alone = /^(if|while|function)/.test(text);
    const whole = alone ? text : `const x = ${text};`;
    assertEquals(mutantsOf(whole), alone ? expected : expected.map((mutant) => `const x = ${mutant};`));
  });
}

Deno.test("mutants: a statement is left out, with its effect", () => {
  assertEquals(mutantsOf("a.b();"), [";"]);
  assertEquals(mutantsOf("a = b;"), [";"]);
  assertEquals(mutantsOf("for (;;) break;"), ["for (;;) ;"]);
});

Deno.test("mutants: types and texts stay", () => {
  for (const text of ["type A = 1 | true;", 'import a from "b";', 'const x = "a";', "let x: 2;"]) {
    assertEquals(mutantsOf(text), [], text);
  }
});

Deno.test("mutants: a place is one of bytes, as in the linter's JSON", () => {
  const at = { file: "", line: 1, column: 1, original: "1", start: 5, end: 6, replacement: "(1 + 1)" };
  const bytes = mutated(new TextEncoder().encode("é + 1"), at);
  assertEquals(new TextDecoder().decode(bytes), "é + (1 + 1)");
});
