import { assert, assertEquals, assertThrows } from "@std/assert";
import { entryPoint } from "../../../../lib/entry_points.ts";
import { copied, readableEntries } from "../../../../lib/exec/host/process/readable_entries.ts";
import { fileUrl } from "../../../../lib/paths.ts";

Deno.test("entries for other programs: of the sources, they are where they are", () => {
  using readable = readableEntries("process", "slot");
  assertEquals(readable.entries, [entryPoint("process"), entryPoint("slot")]);
});

Deno.test("entries for other programs: copies stand beside each other in workers/, and are gone when nobody needs them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/one.js`, 'export default (await import("./two.mjs")).default + 1;');
    await Deno.writeTextFile(`${folder}/two.mjs`, "export default 2;");
    const root = fileUrl(`${folder}/`);
    let one: URL, two: URL;
    {
      using copies = copied([new URL("one.js", root), new URL("two.mjs", root)]);
      [one, two] = copies.entries;
      assert(one.pathname.endsWith("/workers/one.js") && !one.href.startsWith(root.href), one.href);
      assertEquals(new URL("two.mjs", one).href, two.href);
      assertEquals((await import(one.href)).default, 3);
      assertEquals([...Deno.readDirSync(new URL("./", one))].map(({ name }) => name).toSorted(), ["one.js", "two.mjs"]);
    }
    assertThrows(() => Deno.statSync(new URL("../", one)), Deno.errors.NotFound);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
