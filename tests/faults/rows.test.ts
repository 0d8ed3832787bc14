import { assertEquals } from "@std/assert";
import { rows } from "./rows.ts";

Deno.test("faults: each row of the table has a test", () => {
  const folder = import.meta.dirname!;
  const files = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".test.ts"));
  const texts = files.filter((name) => name !== "rows.test.ts").map((name) =>
    Deno.readTextFileSync(`${folder}/${name}`)
  );
  assertEquals(rows.filter((row) => !texts.some((text) => text.includes(JSON.stringify(row)))), []);
});
