import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { shellArguments } from "../../../lib/cli/run/exec_script.ts";
import { UsageError } from "../../../lib/errors.ts";
import { argumentFor } from "../../../lib/jobs/exec/replace.ts";

const ignore = Deno.build.os === "windows";

/** What sh writes for an item. */
async function printed(command: string, text: string): Promise<string> {
  const args = shellArguments(command).map((argument) => argumentFor(argument, { text, number: 7, place: 2 }));
  const { stdout, stderr } = await new Deno.Command("sh", { args }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

/** Texts that would do something in a shell. */
const hostile = [
  "a b",
  "$(echo run)",
  "`echo run`",
  "'; echo run; '",
  '"; echo run; "',
  "\necho run\n",
  "\\",
  "\\'",
  "$HOME ${HOME} *",
  "#",
  "-n",
  "&& echo run",
  ") echo run",
  "é ✓",
];

/** Where a placeholder may stand, and how the text comes out. */
const contexts: Readonly<Record<string, (text: string) => string>> = {
  "printf '%s|' {}": (text) => `${text}|`,
  "printf '%s|'": (text) => `${text}|`,
  'printf "%s|" "{}" x': (text) => `${text}|x|`,
  "printf '%s|' '{}' x": (text) => `${text}|x|`,
  "printf '%s|' a{}b{}": (text) => `a${text}b${text}|`,
  "printf '%s|' \"it's {}\"": (text) => `it's ${text}|`,
  "printf '%s|' 'say \"{}\"'": (text) => `say "${text}"|`,
  "printf '%s|' \\' {} \\'": (text) => `'|${text}|'|`,
  "printf '%s|' \"$(printf %s {})x\"": (text) => `${text.replace(/\n+$/, "")}x|`.replace(/^(.*)x\|$/s, "$1x|"),
  "printf '%s|' \"$(printf '%s' '{}')x\" {#}": (text) => `${text}x|7|`,
  "printf '%s|' \"`printf %s {}`x\"": (text) => `${text}x|`,
  "(printf '%s|' {}); printf %s {%}": (text) => `${text}|2`,
  "f() { printf '%s|' {} $1; }; f 1": (text) => `${text}|1|`,
  "if true; then printf '%s|' {}; fi # it's": (text) => `${text}|`,
};

for (const [command, expected] of Object.entries(contexts)) {
  Deno.test({
    name: `--shell: an item is one word, and nothing of it runs: ${command}`,
    ignore,
    async fn() {
      for (const text of hostile) {
        const isCut = /\$\(|`/.test(command) && text.endsWith("\n"); // a shell takes newlines off what it substitutes
        assertEquals(await printed(command, text), expected(isCut ? text.replace(/\n+$/, "") : text), text);
      }
    },
  });
}

Deno.test({
  name: "--shell: an item's parts",
  ignore,
  async fn() {
    assertEquals(await printed("echo {.} {/} {//} {/.} {#}", "a b/c d.e"), "a b/c d c d.e a b c d 7\n");
  },
});

Deno.test("--shell: no placeholder in what a shell computes: bash would run the commands in it", () => {
  const says = "--exec echo $((1+{})): {} must not stand in $((...)), where some shells run what it says";
  assertEquals(assertThrows(() => shellArguments("echo $((1+{}))"), UsageError).message, says);
  for (const command of ['"$((({.})))"', "$((1+$(echo {})))", "$((`echo {}`))"]) {
    assertThrows(() => shellArguments(command), UsageError, "must not stand in $((...))");
  }
  assertEquals(shellArguments("echo $((1+(2))) $( (echo {}) )")[1], [
    'tandem_1=$1; shift 1; echo $((1+(2))) $( (echo "${tandem_1}") )',
  ]);
});

Deno.test("--shell: an item is never in the text that sh reads, wherever its placeholder stands", () => {
  const piece = fc.constantFrom("{}", "{.}", "'", '"', "`", "$(", "(", ")", "\\", " ", "a", "\n", "#", "{", "}");
  fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
    const command = pieces.join("");
    if (/\$\(\(/.test(command)) return; // see above
    const [c, [script], sh, ...values] = shellArguments(command);
    assertEquals([c, sh, typeof script], [["-c"], ["sh"], "string"]);
    assertEquals(values.length > 0 && values.every(([part]) => typeof part !== "string"), true);
  }));
});
