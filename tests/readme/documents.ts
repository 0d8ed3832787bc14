/** The documents that show commands: the README and the topics of the help. */
import { topics } from "../../lib/cli/table/topics.ts";
import { loadCommands } from "../../lib/cli/commands.ts";

const root = new URL("../../", import.meta.url);

/** The text of README.md. */
export const readme = Deno.readTextFileSync(new URL("README.md", root));

/** A fenced block: its language, or "", and its text. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a Markdown text, in order. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, text]) => ({ language, text }));
}

/** The job that the README shows under this name: a block whose first line is a comment that begins with it. */
export function fileOfReadme(name: string): string {
  const block = blocksOf(readme).find(({ text }) => text.startsWith(`// ${name}`));
  if (block === undefined) throw new Error(`README.md has no block that begins with // ${name}`);
  return block.text;
}

/** The README's commands for a clone, one a line, from its blocks of shell. */
export const cloneCommands = blocksOf(readme)
  .filter(({ language }) => language === "sh")
  .flatMap(({ text }) => text.trim().split("\n"));

/** The texts of all topics for people. */
export const topicTexts: ReadonlyMap<string, string> = new Map(
  await Promise.all(
    Object.entries(topics).filter(([, { exact }]) => !exact)
      .map(async ([name, { load }]) => [name, await load(await loadCommands())] as const),
  ),
);

/** The commands of tandem that each document shows: in the README behind `$ `, in a topic on indented lines. */
export const shownCommands: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "README.md",
    blocksOf(readme).flatMap(({ language, text }) => language === "" ? commandsIn(text, /^\$ (.*)$/gm) : []),
  ],
  ...[...topicTexts].map(([name, text]) =>
    [`help ${name}`, commandsIn(text, /^ {2}((?:\$ )?(?:tandem|seq|cat)\b.*)$/gm)] as const
  ),
]);

function commandsIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, line]) => line.replace(/^\$ /, "").replace(/\s+# .*$/, ""));
}
