import { assert, assertEquals } from "@std/assert";
import type { Results } from "../../lib/model/document.ts";
import { renderingOf } from "../../lib/report/renderings.ts";
import { documentOf } from "./document_of.ts";

const style = { terminal: false, color: false, width: 80, unicode: true };
const saved = (command: string) =>
  JSON.parse(Deno.readTextFileSync(new URL(`../golden/${command}.json`, import.meta.url)));

for (const command of ["claims", "compare", "run", "jobs", "streams", "scale", "channel"] satisfies (keyof Results)[]) {
  Deno.test(`renderings: ${command} has its text, and its JSON is the document`, async () => {
    const document = documentOf(command, saved(command).result);
    const json = (await renderingOf(command, "json"))(document, style);
    assertEquals(JSON.parse(json), document);
    assert(json.startsWith('{\n  "schema": 1,\n') && json.endsWith("\n}\n"), json);
    const text = (await renderingOf(command, "text"))(document, style);
    assert(text.endsWith("\n") && !text.includes("undefined"), text);
  });
}
