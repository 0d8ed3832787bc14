import { assertEquals, assertThrows } from "@std/assert";
import { commandWords } from "../../../lib/cli/run/exec_words.ts";
import { UsageError } from "../../../lib/errors.ts";
import { type Argument, placeholders } from "../../../lib/model/exec.ts";

/** Words as texts, with placeholders as they were written but in ‹ ›. */
function words(command: string): readonly string[] {
  const { program, args } = commandWords(command);
  const shown = (argument: Argument) =>
    argument.map((part) => typeof part === "string" ? part : `‹${part.placeholder}›`).join("");
  return [program, ...args.map(shown)];
}

const refusal = (command: string) => assertThrows(() => commandWords(command), UsageError).message;

Deno.test("--exec: words as in a shell: spaces separate, quotes and backslashes group", () => {
  assertEquals(words("convert {} {.}.png"), ["convert", "‹{}›", "‹{.}›.png"]);
  assertEquals(words("  a\tb\n {} "), ["a", "b", "‹{}›"]);
  assertEquals(words(`a 'b c' "d e" f\\ g h'i j'"k" {}`), ["a", "b c", "d e", "f g", "hi jk", "‹{}›"]);
  assertEquals(words(`'a b'/c "" '' {}`), ["a b/c", "", "", "‹{}›"]);
  assertEquals(words(`a "\\"\\\\\\$\\\`\\n" 'b\\' \\'\\" {}`), ["a", `"\\$\`\\n`, "b\\", `'"`, "‹{}›"]);
});

Deno.test("--exec: what only a shell obeys in a word is itself", () => {
  assertEquals(words("echo $HOME *.txt `x` $(y) ~ a=b #c a|b a&b {}"), [
    ...["echo", "$HOME", "*.txt", "`x`", "$(y)", "~", "a=b", "#c", "a|b", "a&b"],
    "‹{}›",
  ]);
});

Deno.test("--exec: every placeholder, several in a word, also in quotes; other braces are text", () => {
  const all = placeholders.join("");
  assertEquals(words(`a '${all}'`), ["a", placeholders.map((one) => `‹${one}›`).join("")]);
  assertEquals(words(`a {}{} "x{/}y" {1} {..} {///} { } {`), [
    "a",
    "‹{}›‹{}›",
    "x‹{/}›y",
    "{1}",
    "{..}",
    "{///}",
    "{",
    "}",
    "{",
  ]);
});

Deno.test("--exec: without a placeholder the item is the last argument", () => {
  assertEquals(words("gzip -k"), ["gzip", "-k", "‹{}›"]);
  assertEquals(words("true"), ["true", "‹{}›"]);
  assertEquals(words("echo {#}"), ["echo", "‹{#}›"]);
});

Deno.test("--exec: what cannot be meant is refused, with what was found and what to do", () => {
  assertEquals(refusal("a 'b"), "--exec a 'b: the quote ' is not closed");
  assertEquals(refusal('a "b'), '--exec a "b: the quote " is not closed');
  assertEquals(refusal("a b\\"), "--exec a b\\: the backslash at its end has nothing behind it");
  for (const syntax of ["|", "||", "&&", "&", ";", ">", ">>", "<", "2>", "2>&1", ">{.}.txt", "{};"]) {
    assertEquals(
      refusal(`cat {} ${syntax} x`),
      `--exec cat {} ${syntax} x: no shell reads this, and ${syntax} is for one; add --shell, or quote it: '${syntax}'`,
    );
    assertEquals(words(`cat '${syntax.replace("{}", "")}' x`)[1], syntax.replace("{.}", "‹{.}›").replace("{}", ""));
  }
  assertEquals(
    refusal("{} x"),
    "--exec {} x: its first word has to name a program, found {}; for lines that are commands: --exec 'sh -c {}'",
  );
});
