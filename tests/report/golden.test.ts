/**
 * The texts of saved documents. `tests/golden/NAME.json` is what a command printed with `--json`; `NAME.txt` is its text.
 * After a change of the words: deno run -A tests/report/golden.test.ts, and look at the diff.
 */
import { assertEquals } from "@std/assert";
import type { Document, Results } from "../../lib/model/document.ts";
import { renderingOf } from "../../lib/report/renderings.ts";
import { documentSchema, documentsOf } from "../../lib/report/schema/mod.ts";
import { issuesOf } from "./strict_schema.ts";

const folder = new URL("../golden/", import.meta.url);
const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".json")).toSorted();
const anySaved = documentSchema(documentsOf());
const style = { terminal: false, color: false, width: 100, unicode: true };

/** The text of a saved document, and the document. */
async function rendered(name: string): Promise<{ readonly text: string; readonly document: Document<keyof Results> }> {
  const document: Document<keyof Results> = JSON.parse(await Deno.readTextFile(new URL(name, folder)));
  const render = await renderingOf(document.command, "text");
  return { text: render(document, style), document };
}

for (const name of names) {
  const place = new URL(name.replace(/json$/, "txt"), folder);
  if (import.meta.main) {
    Deno.writeTextFileSync(place, (await rendered(name)).text);
    continue;
  }
  Deno.test(`golden: the text of ${name}`, async () => {
    const { text, document } = await rendered(name);
    assertEquals(issuesOf(anySaved, document), []);
    assertEquals(text, await Deno.readTextFile(place));
  });
}
