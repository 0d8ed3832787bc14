import { assertEquals } from "@std/assert";

const folder = new URL("golden/", import.meta.url);

/** Whether the files are written instead: deno task golden. */
const isUpdate = Deno.args.includes("--update");

/** Registers a test that a text is the one that is kept in that file of tests/golden. */
export function keptAs(name: string, make: () => string | Promise<string>): void {
  const place = new URL(name, folder);
  Deno.test(`golden: ${name}`, async () => {
    const text = await make();
    if (!isUpdate) {
      return assertEquals(text, await Deno.readTextFile(place), "after a change of words: deno task golden");
    }
    await Deno.mkdir(new URL(".", place), { recursive: true });
    await Deno.writeTextFile(place, text);
  });
}
