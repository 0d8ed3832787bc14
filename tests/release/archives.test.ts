import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { gunzipSync } from "node:zlib";
import { makeRelease } from "../../.ci/release/make.ts";
import { type ArchivedFile, tarGz } from "../../.ci/release/tar.ts";
import { folderOf, targets } from "../../.ci/release/targets.ts";
import { zip } from "../../.ci/release/zip.ts";
import { extras, releaseOf, standIn } from "./release_server.ts";
import { lacks } from "./install_scene.ts";

const at = new Date("2026-11-27T07:18:26Z");
const encoder = new TextEncoder();
const isWindows = Deno.build.os === "windows";
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
      const bytes: Uint8Array = Deno.readFileSync(`${folder}/out/${path}`);
      return { path, bytes, mode: isWindows ? undefined : (mode ?? 0) & 0o777, at: mtime };
    });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const expected = files.map(({ path, bytes, executable = false }) => ({
  path,
  bytes: bytes as Uint8Array,
  mode: isWindows ? undefined : executable ? 0o755 : 0o644,
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

Deno.test("tar.gz: headers field by field, as POSIX.1-1988 has ustar, and two blocks of zeros at the end", () => {
  const path = "x".repeat(100);
  const bytes = encoder.encode("text");
  const tar = gunzipSync(tarGz([{ path, bytes }, { path: "b", bytes: new Uint8Array(512), executable: true }], at));
  assertEquals(tar.length, 512 + 512 + 512 + 512 + 1024);
  assertEquals(tar.subarray(4 * 512).every((byte) => byte === 0), true);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const head = (at: number) => {
    const lengths = { name: 100, mode: 8, user: 8, group: 8, size: 12, time: 12, sum: 8, type: 1, link: 100, magic: 8 };
    return Object.fromEntries(
      Object.entries(lengths).map((
        [field, length],
      ) => [field, text(tar.subarray(at, at += length)).replace(/\0+$/, "")]),
    );
  };
  const seconds = (at.getTime() / 1000).toString(8);
  const common = { user: "0000000", group: "0000000", time: seconds, type: "0", link: "", magic: "ustar\x0000" };
  const sumOf = (start: number) => {
    const counted = tar.subarray(start, start + 512).map((byte, i) => i >= 148 && i < 156 ? 32 : byte);
    return `${counted.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0")}\0 `;
  };
  assertEquals(head(0), { ...common, name: "b", mode: "0000755", size: "00000001000", sum: sumOf(0) });
  assertEquals(head(1024), { ...common, name: path, mode: "0000644", size: "00000000004", sum: sumOf(1024) });
});

Deno.test("zip: the directory at its end, field by field (APPNOTE 4.3.12 and 4.3.16)", () => {
  const bytes = zip([{ path: "a", bytes: encoder.encode("text") }, {
    path: "é",
    bytes: new Uint8Array(),
    executable: true,
  }], at);
  const view = new DataView(bytes.buffer);
  const two = (at: number) => view.getUint16(at, true);
  const four = (at: number) => view.getUint32(at, true);
  const end = bytes.length - 22; // no comment
  assertEquals([four(end), two(end + 4), two(end + 6), two(end + 8), two(end + 10)], [0x06054b50, 0, 0, 2, 2]);
  const [size, start, comment] = [four(end + 12), four(end + 16), two(end + 20)];
  assertEquals([start + size, comment], [end, 0]);
  const entry = (at: number) => ({
    sign: four(at),
    made: two(at + 4),
    needed: two(at + 6),
    flags: two(at + 8),
    method: two(at + 10),
    sizes: [four(at + 24), two(at + 28), two(at + 30), two(at + 32)], // unpacked; name, extra field, comment
    places: [two(at + 34), two(at + 36)], // disk, internal attributes
    mode: (four(at + 38) >>> 16).toString(8),
    dos: two(at + 38),
    local: four(four(at + 42)),
  });
  const common = { sign: 0x02014b50, made: 0x0314, needed: 20, flags: 0x0800, method: 8, places: [0, 0], dos: 0 };
  const local = 0x04034b50;
  assertEquals(entry(start), { ...common, sizes: [4, 1, 0, 0], mode: "100644", local });
  assertEquals(entry(start + 47), { ...common, sizes: [0, 2, 0, 0], mode: "100755", local });
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

Deno.test("a release with all executables: it ends with 0, says sizes, and each archive has the kind of its name", async () => {
  const [said, first] = [[] as string[], new Map<string, string>()];
  const code = await makeRelease({
    targets,
    executable: () => Promise.resolve(new Uint8Array(3 * 2 ** 19)),
    extras,
    besides: [],
    at,
    write: ({ path, bytes }) => void first.set(path, bytes.subarray(0, 2).toHex()),
    say: (line) => void said.push(line),
  });
  assertEquals([code, said.length], [0, targets.length]);
  assertMatch(said[0], /^tandem-\S+: 0\.0 MiB; the executable: 1\.5 MiB$/);
  for (const [path, start] of first) {
    if (path !== "SHA256SUMS") assertEquals(start, path.endsWith(".zip") ? "504b" : "1f8b", path);
  }
});

Deno.test({
  name: "a release: the executable may be executed, and nothing else",
  ignore: isWindows || lacks("unzip"),
  async fn() {
    const release = await releaseOf(() => standIn("1.0.0"));
    for (const target of targets) {
      const listing = target.archive === ".zip" ? ["unzip", "-Z"] : ["tar", "-tvzf"];
      const folder = Deno.makeTempDirSync();
      try {
        const file = `${folder}/archive`;
        Deno.writeFileSync(file, release.get(`${folderOf(target)}${target.archive}`)!);
        const [program, ...args] = [...listing, file];
        const { stdout } = await new Deno.Command(program, { args }).output();
        const lines = new TextDecoder().decode(stdout).split("\n").filter((line) => line.startsWith("-rwxr-xr-x"));
        assertEquals(lines.map((line) => line.split("/").at(-1)), [target.executable]);
      } finally {
        Deno.removeSync(folder, { recursive: true });
      }
    }
  },
});

Deno.test("a release without some executables: it says which and why, makes the others, and ends with 1", async () => {
  const [first, second, third] = targets;
  const written: string[] = [];
  const said: string[] = [];
  let sums = "";
  const code = await makeRelease({
    targets: [first, second, third],
    executable: ({ name }) => Promise.resolve(name === second.name ? standIn("1.0.0") : { refused: "No base." }),
    extras,
    besides: [{ path: "tandem.cdx.json", bytes: encoder.encode("{}") }],
    at,
    write: ({ path, bytes }) => {
      written.push(path);
      if (path === "SHA256SUMS") sums = new TextDecoder().decode(bytes);
    },
    say: (line) => void said.push(line),
  });
  assertEquals(code, 1);
  assertEquals(sums.trimEnd().split("\n").map((line) => line.slice(64)), [
    `  ${folderOf(second)}.tar.gz`,
    "  tandem.cdx.json",
  ]);
  assertEquals(written, [`${folderOf(second)}.tar.gz`, "tandem.cdx.json", "SHA256SUMS"]);
  assertEquals(said[0], `${first.name}: no executable. No base.`);
  assertMatch(said[1], /^tandem-aarch64-unknown-linux-gnu\.tar\.gz: 0\.0 MiB; the executable: 0\.0 MiB$/);
  assertStringIncludes(said.at(-1)!, `2 of 3 targets are missing: ${first.name}, ${third.name}`);
});
