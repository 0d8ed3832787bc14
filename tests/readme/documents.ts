/** The README and what stands in its fenced blocks. */
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

/** The job that the README shows under this name: a block whose first line is a comment with it. */
export function readmeFile(name: string): string {
  const block = blocksOf(readme).find(({ text }) => text.startsWith(`// ${name}`));
  if (block === undefined) throw new Error(`README.md has no block that begins with // ${name}`);
  return block.text;
}
