/** There is no PowerShell where these tests run: what could break the script is checked in its text. */
import { assert, assertEquals } from "@std/assert";
import { completedCommands } from "../../../lib/cli/completions/places.ts";
import { powershellScript } from "../../../lib/cli/completions/powershell.ts";
import { loadCommands } from "../../../lib/cli/commands.ts";

const word = (text: string) => ({ word: text, about: `it's "${text}" and $HOME; (really)` });
const names = { claims: [word("a-claim")], jobs: [word("@job")], topics: [word("units")] };
const commands = completedCommands(await loadCommands(), names);
const script = powershellScript(commands, "claims");

/** A part of a script: a text in single quotes as it means, or a mark. */
type Token = { readonly text: string } | { readonly mark: string };

/** The script as PowerShell reads it, as far as texts, brackets and comments go (about_Quoting_Rules). */
function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /#[^\n]*|'((?:[^']|'')*)'|"([^"]*)"|[(){}[\]]|[^'"#(){}[\]]+/gy;
  for (const [all, single, double] of code.matchAll(pattern)) {
    if (all.startsWith("#") || double !== undefined) continue;
    tokens.push(single === undefined ? { mark: all } : { text: single.replaceAll("''", "'") });
  }
  assertEquals([...code.matchAll(pattern)].map(([all]) => all).join(""), code, "something was not read");
  return tokens;
}

const texts = tokensOf(script).flatMap((token) => "text" in token ? [token.text] : []);

Deno.test("powershellScript: brackets are closed in their order, and every text is", () => {
  const open: string[] = [];
  const closing: Readonly<Record<string, string>> = { ")": "(", "}": "{", "]": "[" };
  for (const token of tokensOf(script)) {
    if (!("mark" in token)) continue;
    if (/^[({[]$/.test(token.mark)) open.push(token.mark);
    else if (token.mark in closing) assertEquals(open.pop(), closing[token.mark]);
  }
  assertEquals(open, []);
});

Deno.test("powershellScript: it has every command, flag, word, and what is said of them, as they are", () => {
  const known = new Set(texts);
  const words = commands.flatMap(({ flags, negations, operands, rest }) => [
    ...flags,
    ...negations,
    ...flags.flatMap(({ place }) => place.words),
    ...[...operands, ...rest === undefined ? [] : [rest]].flatMap(({ words }) => words),
  ]);
  for (const { word, about } of [...commands, ...words]) {
    assert(known.has(word), word);
    assert(about === "" || known.has(about), about);
  }
  for (const { short } of commands.flatMap(({ flags }) => flags)) {
    assert(short === undefined || known.has(short), short);
  }
});

Deno.test("powershellScript: no text is empty where PowerShell shows it, and no key comes twice, whatever its case", () => {
  const pairs = [...script.matchAll(/@\('((?:[^']|'')*)', '((?:[^']|'')*)'\)/g)];
  assert(pairs.length > 100);
  assertEquals(pairs.filter(([, word, about]) => word === "" || about === ""), []); // CompletionResult throws then
  for (const [, table] of script.matchAll(/= @\{\n(.*?)\n {4}\}/gs)) {
    const keys = [...table.matchAll(/^ {8}'([^']+)' = /gm)].map(([, key]) => key.toLowerCase());
    assertEquals([...new Set(keys)], keys);
    assert(keys.length > 1);
  }
});

Deno.test("powershellScript: a single pair stays a list of one", () => {
  const one = powershellScript([{ word: "only", about: "one", flags: [], negations: [], operands: [] }], "only");
  assert(one.includes("$commands = @(,@('only', 'one'))"), one);
  assert(one.includes("'only' = @()"), one);
});

Deno.test("powershellScript: flags whose value is the next word are told from others", () => {
  const [, list] = /\$taking = @\((.*?)\)/.exec(script) ?? [];
  const taking = list.split(", ").map((text) => text.slice(1, -1));
  for (const name of ["--threads", "-j", "--mode", "--journal"]) assert(taking.includes(name), name);
  for (const name of ["--allow-net", "--quiet", "-q", "--deno"]) assert(!taking.includes(name), name);
});
