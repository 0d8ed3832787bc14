import { assertEquals, assertThrows } from "@std/assert";
import { placeOf, refuseSameFile, type UsedFile } from "../../../lib/cli/terminal/same_file.ts";
import { UsageError } from "../../../lib/errors.ts";
import { inFolder } from "../in_folder.ts";

const streams = { identity: () => null };

const used = (name: string, at: UsedFile["at"], written: boolean): UsedFile => ({ name, at, written });

Deno.test("refuseSameFile: a written file is no other one, by a link, by a second path, or where it does not exist yet", async () => {
  await inFolder({}, (folder) => {
    const file = `${folder}/file`;
    Deno.writeTextFileSync(file, "1\n");
    Deno.symlinkSync(file, `${folder}/link`);
    Deno.linkSync(file, `${folder}/second`);
    for (const at of [file, `${folder}/./file`, `${folder}/link`, `${folder}/second`]) {
      for (
        const files of [[used("a", file, true), used("b", at, false)], [used("a", file, false), used("b", at, true)]]
      ) {
        assertThrows(() => refuseSameFile(files, streams), UsageError, "a and b are the same file");
      }
      refuseSameFile([used("a", file, false), used("b", at, false)], streams);
    }
    const missing = [used("a", `${folder}/new`, true), used("b", `${folder}/x/../new`, true)];
    assertThrows(() => refuseSameFile(missing, streams), UsageError, "a and b are the same file");
    refuseSameFile([used("a", `${folder}/new`, true), used("b", file, true)], streams);
    const three = [used("a", file, true), used("b", `${folder}/new`, true), used("c", `${folder}/link`, false)];
    assertThrows(() => refuseSameFile(three, streams), UsageError, "a and c are the same file");
  });
});

Deno.test("refuseSameFile: streams are compared by their files too; a pipe or a device is never the same", async () => {
  await inFolder({}, (folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    const { dev, ino } = Deno.statSync(`${folder}/file`);
    const session = { identity: () => ({ dev, ino: ino! }) };
    const files = [used("stdout", 1, true), used("--journal", `${folder}/file`, true)];
    assertThrows(() => refuseSameFile(files, session), UsageError, "stdout and --journal are the same file");
    refuseSameFile(files, streams);
    assertThrows(
      () => refuseSameFile([files[0], used("stdin", 0, false)], session),
      UsageError,
      "stdout and stdin are",
    );
    refuseSameFile([used("a", "/dev/null", true), used("b", "/dev/null", false)], streams);
  });
});

Deno.test("refuseSameFile: files that are only read may be the same, and the first of them is named", async () => {
  await inFolder({ file: "" }, (folder) => {
    const file = `${folder}/file`;
    const reads = [used("a", file, false), used("b", file, false), used("c", file, false)];
    refuseSameFile(reads, streams);
    assertThrows(
      () => refuseSameFile([...reads, used("d", file, true)], streams),
      UsageError,
      "a and d are the same file; give one of them another file",
    );
  });
});

Deno.test("refuseSameFile: where there are no inodes, files are not told apart", () => {
  const session = { identity: () => ({ dev: 0, ino: null as unknown as number }) };
  refuseSameFile([used("stdin", 0, false), used("stdout", 1, true)], session);
});

Deno.test("placeOf: a dash, and the device of a stream, are the stream; anything else is a path", () => {
  assertEquals(["-", "/dev/stdout", "/dev/stdin", "file"].map((name) => placeOf(name)), [
    1,
    1,
    "/dev/stdin",
    "file",
  ]);
  assertEquals(["-", "/dev/stdout", "/dev/stdin", "file"].map((name) => placeOf(name, 0)), [
    0,
    "/dev/stdout",
    0,
    "file",
  ]);
});
