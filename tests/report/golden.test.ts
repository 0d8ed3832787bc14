/**
 * The texts of saved documents. `tests/golden/NAME.json` is what a command printed with `--json`; `NAME.txt` is its text, and
 * `NAME.md` its Markdown.
 * After a change of the words: deno run -A tests/report/golden.test.ts, and look at the diff.
 */
import { assertEquals } from "@std/assert";
import type { Document, Results } from "../../lib/model/document.ts";
import { type Format, renderingOf } from "../../lib/report/renderings.ts";
import { documentSchema, documentsOf } from "../../lib/report/schema/mod.ts";
import { issuesOf } from "./strict_schema.ts";

const folder = new URL("../golden/", import.meta.url);
const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".json")).toSorted();
const anySaved = documentSchema(documentsOf());
const style = { terminal: false, color: false, width: 100, unicode: true };

/** The rendering of a saved document, and the document. */
async function rendered(
  name: string,
  format: Format,
): Promise<{ readonly text: string; readonly document: Document<keyof Results> }> {
  const document: Document<keyof Results> = JSON.parse(await Deno.readTextFile(new URL(name, folder)));
  const render = await renderingOf(document.command, format);
  return { text: render(document, style), document };
}

const others = names.filter((name) => !/^(jobs|channel)\./.test(name)); // these two have their text only
const files: readonly (readonly [name: string, format: Format, ending: string])[] = [
  ...names.map((name) => [name, "text", "txt"] as const),
  ...others.map((name) => [name, "markdown", "md"] as const),
];

for (const [name, format, ending] of files) {
  const place = new URL(name.replace(/json$/, ending), folder);
  if (import.meta.main) {
    Deno.writeTextFileSync(place, (await rendered(name, format)).text);
    continue;
  }
  Deno.test(`golden: the ${format} of ${name}`, async () => {
    const { text, document } = await rendered(name, format);
    assertEquals(issuesOf(anySaved, document), []);
    assertEquals(text, await Deno.readTextFile(place));
  });
}
