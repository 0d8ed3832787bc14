import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { makeRelease } from "../../.ci/release/make.ts";
import { type ArchivedFile, tarGz } from "../../.ci/release/tar.ts";
import { folderOf, targets } from "../../.ci/release/targets.ts";
import { zip } from "../../.ci/release/zip.ts";
import { extras, releaseOf, standIn } from "./release_server.ts";
import { lacks } from "./install_scene.ts";

const at = new Date("2026-11-27T07:18:26Z");
const encoder = new TextEncoder();
const files = [
  { path: "b/program", bytes: crypto.getRandomValues(new Uint8Array(40_000)), executable: true },
  { path: "b/empty", bytes: new Uint8Array() },
  { path: "a/name.txt", bytes: encoder.encode("text\n".repeat(2_000)) },
  { path: "a/block", bytes: new Uint8Array(512).fill(7) },
] satisfies readonly ArchivedFile[];

/** What a program, such as tar, unpacks: the files, whether they may be executed, and their times. */
async function unpacked(name: string, bytes: Uint8Array, command: readonly string[]) {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.writeFileSync(`${folder}/${name}`, bytes);
    Deno.mkdirSync(`${folder}/out`);
    const [program, ...args] = command;
    const env = { TZ: "UTC", LC_ALL: "C.UTF-8" };
    const { success, stderr } = await new Deno.Command(program, { args, cwd: `${folder}/out`, env }).output();
    assert(success, new TextDecoder().decode(stderr));
    return files.map(({ path }) => {
      const { mode, mtime } = Deno.statSync(`${folder}/out/${path}`);
      const executable = Deno.build.os === "windows" ? undefined : ((mode ?? 0) & 0o777) === 0o755;
      const bytes: Uint8Array = Deno.readFileSync(`${folder}/out/${path}`);
      return { path, bytes, executable, at: mtime };
    });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const expected = files.map(({ path, bytes, executable = false }) => ({
  path,
  bytes: bytes as Uint8Array,
  executable: Deno.build.os === "windows" ? undefined : executable,
  at,
}));

Deno.test("tar.gz: tar unpacks the files, their permissions and their time", async () => {
  assertEquals(await unpacked("a.tar.gz", tarGz(files, at), ["tar", "-xzf", "../a.tar.gz"]), expected);
});

Deno.test({
  name: "zip: unzip unpacks the files, their permissions and their time",
  ignore: lacks("unzip"),
  fn: async () => assertEquals(await unpacked("a.zip", zip(files, at), ["unzip", "-q", "../a.zip"]), expected),
});

Deno.test("archives: the order of files and the clock do not matter, the time given does", () => {
  for (const archive of [tarGz, zip]) {
    assertEquals(archive(files, at), archive(files.toReversed(), at));
    assert(archive(files, at).toHex() !== archive(files, new Date(at.getTime() + 2_000)).toHex());
  }
});

Deno.test("tar.gz: the gzip's own header has no time and no system (RFC 1952)", () => {
  assertEquals([...tarGz(files, at).subarray(4, 10)], [0, 0, 0, 0, 2, 255]); // 2: the slowest, smallest
});

Deno.test("tar.gz: a path that is too long for its header is refused, not cut", () => {
  const path = `${"x".repeat(98)}/é`;
  assertThrows(() => tarGz([{ path, bytes: new Uint8Array() }], at), RangeError, "longer than the 100 bytes");
});

Deno.test("a release: an archive for each target, and their sums; two are the same, byte for byte", async () => {
  const [one, other] = [await releaseOf(() => standIn("1.0.0")), await releaseOf(() => standIn("1.0.0"))];
  assertEquals(one, other);
  assertEquals([...one.keys()].toSorted(), [
    "SHA256SUMS",
    "tandem-aarch64-apple-darwin.tar.gz",
    "tandem-aarch64-unknown-linux-gnu.tar.gz",
    "tandem-x86_64-apple-darwin.tar.gz",
    "tandem-x86_64-pc-windows-msvc.zip",
    "tandem-x86_64-unknown-linux-gnu.tar.gz",
  ]);
  const sums = new TextDecoder().decode(one.get("SHA256SUMS")).trimEnd().split("\n");
  const digested = await Promise.all(
    [...one.keys()].filter((name) => name !== "SHA256SUMS").toSorted().map(async (name) => {
      const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(one.get(name)!));
      return `${new Uint8Array(digest).toHex()}  ${name}`;
    }),
  );
  assertEquals(sums, digested);
});

Deno.test("a release without some executables: it says which and why, makes the others, and ends with 1", async () => {
  const [first, second, third] = targets;
  const written: string[] = [];
  const said: string[] = [];
  const code = await makeRelease({
    targets: [first, second, third],
    executable: ({ name }) => Promise.resolve(name === second.name ? standIn("1.0.0") : { refused: "No base." }),
    extras,
    besides: [{ path: "tandem.cdx.json", bytes: encoder.encode("{}") }],
    at,
    write: ({ path }) => void written.push(path),
    say: (line) => void said.push(line),
  });
  assertEquals(code, 1);
  assertEquals(written, [`${folderOf(second)}.tar.gz`, "tandem.cdx.json", "SHA256SUMS"]);
  assertEquals(said[0], `${first.name}: no executable. No base.`);
  assertMatch(said[1], /^tandem-aarch64-unknown-linux-gnu\.tar\.gz: 0\.0 MiB; the executable: 0\.0 MiB$/);
  assertStringIncludes(said.at(-1)!, `2 of 3 targets are missing: ${first.name}, ${third.name}`);
});
