import { assert, assertEquals, assertRejects } from "@std/assert";
import { writeWholeFile } from "../../../lib/cli/terminal/whole_file.ts";
import { inFolder } from "../in_folder.ts";

const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
const inodeOf = (path: string) => Deno.statSync(path).ino;

Deno.test("writeWholeFile: a new file, and one in the place of an old one; nothing else is left", async () => {
  await inFolder({ old: "a longer text" }, async (folder) => {
    const before = inodeOf(`${folder}/old`);
    await writeWholeFile(`${folder}/old`, "2×1\n");
    await writeWholeFile(`${folder}/new`, "");
    assertEquals([Deno.readTextFileSync(`${folder}/old`), Deno.readTextFileSync(`${folder}/new`)], ["2×1\n", ""]);
    assertEquals(namesIn(folder), ["new", "old"]);
    assert(inodeOf(`${folder}/old`) !== before, "it was written in place: a reader could see a part of it");
  });
});

Deno.test({
  name: "writeWholeFile: permissions are kept, and links are followed, also to what is not there yet",
  ignore: Deno.build.os === "windows",
  async fn() {
    await inFolder({ "sub/old": "old" }, async (folder) => {
      Deno.chmodSync(`${folder}/sub/old`, 0o640);
      Deno.symlinkSync("sub/old", `${folder}/link`);
      Deno.symlinkSync(`${folder}/link`, `${folder}/second`);
      Deno.symlinkSync("sub/new", `${folder}/dangling`);
      await writeWholeFile(`${folder}/second`, "new");
      await writeWholeFile(`${folder}/dangling`, "new");
      assertEquals(Deno.readTextFileSync(`${folder}/sub/old`), "new");
      assertEquals(Deno.statSync(`${folder}/sub/old`).mode! & 0o777, 0o640);
      assert(["link", "second", "dangling"].every((name) => Deno.lstatSync(`${folder}/${name}`).isSymlink));
      assertEquals(Deno.readTextFileSync(`${folder}/sub/new`), "new");
      assertEquals([namesIn(folder), namesIn(`${folder}/sub`)], [["dangling", "link", "second", "sub"], [
        "new",
        "old",
      ]]);
    });
  },
});

Deno.test({
  name: "writeWholeFile: a file with two names keeps both",
  ignore: Deno.build.os === "windows",
  async fn() {
    await inFolder({ one: "old" }, async (folder) => {
      Deno.linkSync(`${folder}/one`, `${folder}/two`);
      await writeWholeFile(`${folder}/one`, "new");
      assertEquals(Deno.readTextFileSync(`${folder}/two`), "new");
      assertEquals(namesIn(folder), ["one", "two"]);
    });
  },
});

Deno.test({
  name: "writeWholeFile: a pipe is written to, and stays a pipe",
  ignore: Deno.build.os === "windows",
  async fn() {
    await inFolder({}, async (folder) => {
      await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
      const [, { stdout }] = await Promise.all([
        writeWholeFile(`${folder}/pipe`, "through it"),
        new Deno.Command("cat", { args: [`${folder}/pipe`] }).output(),
      ]);
      assertEquals(new TextDecoder().decode(stdout), "through it");
      assertEquals([namesIn(folder), Deno.statSync(`${folder}/pipe`).isFifo], [["pipe"], true]);
    });
  },
});

Deno.test("writeWholeFile: where it fails, nothing is left behind, and what was there stays", async () => {
  await inFolder({ "folder/file": "old" }, async (folder) => {
    await assertRejects(() => writeWholeFile(`${folder}/folder`, "new"));
    await assertRejects(() => writeWholeFile(`${folder}/none/file`, "new"), Deno.errors.NotFound);
    assertEquals([namesIn(folder), Deno.readTextFileSync(`${folder}/folder/file`)], [["folder"], "old"]);
  });
});

Deno.test({
  name: "writeWholeFile: a disk that is full in the middle of it leaves the old text",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await inFolder({ file: "old" }, async (folder) => {
      const real = Deno.open;
      try {
        Deno.open = async (path, options) => {
          const file = await real(path, options);
          file.write = () => Promise.reject(new Error("No space left on device (os error 28)"));
          return file;
        };
        await assertRejects(() => writeWholeFile(`${folder}/file`, "new"), Error, "No space left");
      } finally {
        Deno.open = real;
      }
      assertEquals([namesIn(folder), Deno.readTextFileSync(`${folder}/file`)], [["file"], "old"]);
    });
  },
});
