import { assertEquals } from "@std/assert";
import { unpackModules } from "../../../../lib/exec/host/process/slot_command.ts";
import { fileUrl } from "../../../../lib/paths.ts";

Deno.test("slot commands: an entry that another one imports is unpacked once, and has its place all the same", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/one.js`, 'import "./two.js"; export default 1;');
    await Deno.writeTextFile(`${folder}/two.js`, "export default 2;");
    const root = fileUrl(`${folder}/`);
    using unpacked = unpackModules(root, [new URL("one.js", root), new URL("two.js", root)]);
    const values = await Promise.all(unpacked.entries.map(async ({ href }) => (await import(href)).default));
    assertEquals(values, [1, 2]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
