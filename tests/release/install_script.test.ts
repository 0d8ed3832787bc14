import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { installScript } from "../../.ci/release/install_script.ts";
import { isExecutable, programs } from "../cli/programs.ts";
import { type Installing, lacks, type Machine, pathOf, script, systemLines, withMachine } from "./install_scene.ts";
import { releaseOf, standIn } from "./release_server.ts";

const windows = Deno.build.os === "windows";
const linuxArchive = "tandem-x86_64-unknown-linux-gnu.tar.gz";

/** What is at "latest/download/" and "download/v1.2.3/". */
const files = await releases(releaseOf(() => standIn("2.0.0")), releaseOf(() => standIn("1.2.3")));

async function releases(latest: ReturnType<typeof releaseOf>, old?: ReturnType<typeof releaseOf>) {
  const under = (folder: string, files: ReadonlyMap<string, Uint8Array>) =>
    [...files].map(([name, bytes]) => [`${folder}/${name}`, bytes] as const);
  return new Map([...under("latest/download", await latest), ...old ? under("download/v1.2.3", await old) : []]);
}

/** What an installation leaves, by path, behind a prefix. */
function installed(version: string, prefix = ".local/"): Record<string, string> {
  return {
    [`${prefix}bin/tandem`]: new TextDecoder().decode(standIn(version)),
    [`${prefix}share/man/man1/tandem.1`]: "man/tandem.1\n",
    [`${prefix}share/bash-completion/completions/tandem`]: "completions/tandem.bash\n",
    [`${prefix}share/zsh/site-functions/_tandem`]: "completions/_tandem\n",
    [`${prefix}share/fish/vendor_completions.d/tandem.fish`]: "completions/tandem.fish\n",
  };
}

function test(name: string, run: () => Promise<void>, ignore = false) {
  Deno.test({ name: `install.sh: ${name}`, ignore: windows || ignore, fn: run });
}

/** It fails, says why, and leaves all as it was. */
async function assertRefuses(machine: Machine, how: Installing, said: string | RegExp) {
  const before = machine.files();
  const { code, stderr } = await machine.install(how);
  assertEquals(code, 1, stderr);
  assertMatch(stderr, typeof said === "string" ? RegExp(RegExp.escape(said)) : said);
  assertEquals(machine.files(), before);
}

for (const shell of [["sh"], ["dash"], ["bash"], ["busybox", "sh"]]) {
  test(`the latest release, in ${shell.join(" ")}`, () =>
    withMachine(files, async (machine, { asked }) => {
      const { code, stdout, stderr } = await machine.install({ shell: [pathOf(shell[0])!, ...shell.slice(1)] });
      assertEquals([code, stderr], [0, ""]);
      assertEquals(machine.files(), installed("2.0.0"));
      assertEquals(asked, ["latest/download/SHA256SUMS", `latest/download/${linuxArchive}`]);
      assertStringIncludes(stdout, `tandem 2.0.0 is installed: ${machine.home}/.local/bin/tandem\n`);
      assertStringIncludes(stdout, `export PATH="${machine.home}/.local/bin:$PATH"`);
      const mode = (path: string) => Deno.statSync(`${machine.home}/.local/${path}`).mode! & 0o777;
      assertEquals([mode("bin/tandem"), mode("share/man/man1/tandem.1")], [0o755, 0o644]);
    }), lacks(shell[0]));
}

for (const how of [{ args: ["1.2.3"] }, { args: ["v1.2.3"] }, { env: { TANDEM_VERSION: "1.2.3" } }]) {
  test(`a version by ${JSON.stringify(how)}`, () =>
    withMachine(files, async (machine, { asked }) => {
      assertEquals((await machine.install(how)).code, 0);
      assertEquals(asked[0], "download/v1.2.3/SHA256SUMS");
      assertEquals(machine.files(), installed("1.2.3"));
    }));
}

test("with wget instead of curl", () =>
  withMachine(files, async (machine) => {
    machine.lacks("curl");
    machine.has("wget");
    assertEquals((await machine.install()).code, 0);
    assertEquals(machine.files(), installed("2.0.0"));
  }), lacks("wget"));

test("with the tools of busybox alone", () =>
  withMachine(files, async (machine) => {
    for (const name of "mktemp rm rmdir mkdir cp mv chmod tar gzip sha256sum".split(" ")) {
      machine.lacks(name);
      machine.has("busybox", name);
    }
    for (const name of ["curl", "getconf"]) machine.lacks(name);
    machine.has("busybox", "wget");
    const { code, stderr } = await machine.install({ shell: [pathOf("busybox")!, "sh"] });
    assertEquals([code, stderr], [0, ""]);
    assertEquals(machine.files(), installed("2.0.0"));
  }), lacks("busybox"));

test("with shasum instead of sha256sum", () =>
  withMachine(files, async (machine) => {
    if (pathOf("sha256sum") !== undefined) machine.lacks("sha256sum");
    machine.hasScript("shasum", `[ "$1$2" = -a256 ] && exec '${pathOf("shasum")}' -a 256`);
    const { code, stderr } = await machine.install();
    assertEquals([code, stderr], [0, ""]);
    assertEquals(machine.files(), installed("2.0.0"));
  }), pathOf("shasum") === undefined);

test("says which tool is missing", () =>
  withMachine(files, async (machine) => {
    machine.lacks("curl");
    await assertRefuses(machine, {}, "curl and wget are missing");
    machine.lacks("gzip");
    await assertRefuses(machine, {}, "gzip is missing");
  }));

test("an archive that is not what SHA256SUMS says is not installed", async () => {
  const damaged = new Map(files);
  const bytes = files.get(`latest/download/${linuxArchive}`)!.slice();
  bytes[100] ^= 1;
  damaged.set(`latest/download/${linuxArchive}`, bytes);
  await withMachine(damaged, (machine) => assertRefuses(machine, {}, /SHA-256 \w{64}, and SHA256SUMS says \w{64}/));
});

test("an archive that ends early, but is served as whole, is not installed", async () => {
  const short = new Map(files);
  const path = `latest/download/${linuxArchive}`;
  const bytes = files.get(path)!;
  short.set(path, bytes.subarray(0, bytes.length >> 1));
  await withMachine(short, (machine) => assertRefuses(machine, {}, "nothing is installed"));
});

for (const program of ["curl", "wget"]) {
  test(`a connection that ends within the archive, with ${program}`, () =>
    withMachine(files, async (machine) => {
      machine.lacks("curl");
      machine.has(program);
      await assertRefuses(machine, {}, `${linuxArchive}`);
    }, new Set([`latest/download/${linuxArchive}`])), lacks(program));
}

test("no such release, no archive for the platform, a release without it", async () => {
  await withMachine(
    files,
    (machine) => assertRefuses(machine, { args: ["9.9.9"] }, /cannot download http:\S+download\/v9\.9\.9\/SHA256SUMS/),
  );
  const lost = new Map(files);
  lost.delete(`latest/download/${linuxArchive}`);
  await withMachine(lost, (machine) => assertRefuses(machine, {}, /cannot download http:\S+linux-gnu\.tar\.gz/));
  const sums = new TextEncoder().encode(`${"0".repeat(64)}  x${linuxArchive}\n`);
  const incomplete = new Map([...files, ["latest/download/SHA256SUMS", sums]]);
  await withMachine(incomplete, (machine) => assertRefuses(machine, {}, `does not name ${linuxArchive}`));
});

test("what is no version is refused before anything is downloaded", () =>
  withMachine(files, async (machine, { asked }) => {
    await assertRefuses(machine, { args: ["../../x"] }, "../../x: expected a version, such as 0.1.0");
    await assertRefuses(machine, { args: ["--help"] }, "--help: expected a version, such as 0.1.0");
    await assertRefuses(machine, { args: ["1.2.3", "now"] }, "expected at most a version, not: 1.2.3 now");
    assertEquals(asked, []);
  }));

test("an executable that does not start replaces none that does", async () => {
  const broken = await releases(releaseOf(() => new TextEncoder().encode("#!/bin/sh\necho no glibc >&2; exit 1\n")));
  await withMachine(broken, async (machine) => {
    await assertRefuses(machine, {}, /no glibc\ninstall\.sh: the new executable does not start here/);
    Deno.mkdirSync(`${machine.home}/.local/bin`, { recursive: true });
    Deno.writeFileSync(`${machine.home}/.local/bin/tandem`, standIn("1.0.0"));
    await assertRefuses(machine, {}, "nothing is installed");
  });
});

test("an older version is replaced by a rename, not written over", () =>
  withMachine(files, async (machine) => {
    assertEquals((await machine.install({ args: ["1.2.3"] })).code, 0);
    using running = Deno.openSync(`${machine.home}/.local/bin/tandem`);
    assertEquals((await machine.install()).code, 0);
    assertEquals(machine.files(), installed("2.0.0"));
    const bytes = new Uint8Array(1024);
    assertEquals(bytes.subarray(0, running.readSync(bytes)!), standIn("1.2.3"));
  }));

test("TANDEM_INSTALL: a path with blanks, a relative one, a folder of another name", () =>
  withMachine(files, async (machine) => {
    for (const [folder, prefix] of [[`${machine.home}/my own/bin`, "my own/"], ["here/bin", "here/"]]) {
      const { code, stdout } = await machine.install({ env: { TANDEM_INSTALL: `${folder}/` } });
      assertEquals(code, 0);
      assertStringIncludes(stdout, `${machine.home}/${prefix}bin/tandem\n`);
    }
    assertEquals(machine.files(), { ...installed("2.0.0", "my own/"), ...installed("2.0.0", "here/") });
    assertEquals((await machine.install({ env: { TANDEM_INSTALL: `${machine.home}/tools` } })).code, 0);
    assertEquals(machine.files()["tools/share/man/man1/tandem.1"], "man/tandem.1\n");
  }));

test(
  "a folder that cannot be made: it fails, and does not hang",
  () =>
    withMachine(
      files,
      (machine) => assertRefuses(machine, { env: { TANDEM_INSTALL: "/proc/tandem/bin" } }, "/proc/tandem"),
    ),
  Deno.build.os !== "linux",
);

test("a HOME that ends with a slash, is /, or is not set", () =>
  withMachine(files, async (machine) => {
    const ended = await machine.install({
      env: { HOME: `${machine.home}/`, PATH: `${machine.folder}/bin:${machine.home}/.local/bin/` },
    });
    assertEquals([ended.code, ended.stdout.includes("PATH")], [0, false], ended.stdout);
    assertStringIncludes(ended.stdout, `tandem 2.0.0 is installed: ${machine.home}/.local/bin/tandem\n`);
    machine.hasScript("mkdir", 'echo "mkdir: $*" >&2; exit 1');
    await assertRefuses(machine, { env: { HOME: "/" } }, /^mkdir: -p \/\.local\/bin$/m);
    await assertRefuses(machine, { env: { HOME: "" } }, "HOME is not set: set TANDEM_INSTALL");
  }));

test("TANDEM_INSTALL: a ~ in quotes makes no folder of that name", () =>
  withMachine(
    files,
    (machine) =>
      assertRefuses(machine, { env: { TANDEM_INSTALL: "~/bin" } }, "~/bin begins with a ~ that no shell has expanded"),
  ));

test("the line for zsh can be pasted as it is, also where the path has blanks", () =>
  withMachine(files, async (machine) => {
    const { stdout } = await machine.install();
    assertStringIncludes(stdout, `\n  fpath+="${machine.home}/.local/share/zsh/site-functions"\n`);
  }));

test("a folder that has the executable's name is refused", () =>
  withMachine(files, async (machine) => {
    Deno.mkdirSync(`${machine.home}/.local/bin/tandem`, { recursive: true });
    await assertRefuses(machine, {}, "/.local/bin/tandem is a folder");
  }));

test("a PATH that has the folder, and one that finds another tandem first", () =>
  withMachine(files, async (machine) => {
    const own = `${machine.home}/.local/bin`;
    const PATH = `${machine.folder}/bin:${own}`;
    const found = await machine.install({ env: { PATH } });
    assertEquals([found.code, found.stdout.includes("PATH")], [0, false], found.stdout);
    machine.hasScript("tandem", "exit 9");
    const other = await machine.install({ env: { PATH } });
    assertStringIncludes(other.stdout, `Your PATH finds another tandem before it: ${machine.folder}/bin/tandem`);
  }));

const systems: readonly (readonly [lines: string, sysctl: string | undefined, archive: string])[] = [
  [systemLines("Linux", "aarch64"), undefined, "tandem-aarch64-unknown-linux-gnu.tar.gz"],
  [systemLines("Darwin", "arm64"), undefined, "tandem-aarch64-apple-darwin.tar.gz"],
  [systemLines("Darwin", "x86_64"), "exit 1", "tandem-x86_64-apple-darwin.tar.gz"],
  [systemLines("Darwin", "x86_64"), "echo 1", "tandem-aarch64-apple-darwin.tar.gz"], // a shell under Rosetta
];
for (const [lines, sysctl, archive] of systems) {
  test(`${archive} for ${lines.replace(/case.*?echo | ;;.*?echo/g, "").replace(/ ;;.*/, "")} (sysctl: ${sysctl})`, () =>
    withMachine(files, async (machine, { asked }) => {
      machine.hasScript("uname", lines);
      if (sysctl !== undefined) machine.hasScript("sysctl", sysctl);
      assertEquals((await machine.install()).code, 0);
      assertEquals(asked.at(-1), `latest/download/${archive}`);
    }));
}

test("platforms that there is no executable for are refused before anything is downloaded", () =>
  withMachine(files, async (machine, { asked }) => {
    machine.hasScript("ldd", "echo 'musl libc (x86_64)' >&2; exit 1");
    await assertRefuses(machine, {}, "there is no executable for musl");
    machine.hasScript("getconf", "echo 32");
    await assertRefuses(machine, {}, "there is no executable for a 32-bit Linux");
    for (
      const [system, cpu, said] of [
        ["Linux", "riscv64", "there is no executable for Linux on riscv64"],
        ["FreeBSD", "amd64", "there is no executable for FreeBSD"],
        ["MINGW64_NT-10.0", "x86_64", "on Windows, unpack tandem-x86_64-pc-windows-msvc.zip"],
      ]
    ) {
      machine.hasScript("uname", systemLines(system, cpu));
      await assertRefuses(machine, {}, said);
    }
    assertEquals(asked, []);
  }));

test("a script whose download was cut does nothing", () =>
  withMachine(files, async (machine, { asked }) => {
    const whole = script.trimEnd().length;
    const lines = [...script.matchAll(/\n/g)].map(({ index }) => index).filter((_, i) => i % 8 === 0);
    const ends = Array.from({ length: 24 }, (_, i) => whole - 1 - i);
    for (const end of [...lines, ...ends].filter((end) => end < whole)) {
      await machine.install({ text: script.slice(0, end) });
      assertEquals([machine.files(), asked], [{}, []], `cut after ${end} of ${whole} characters`);
    }
  }));

test("of a release: it knows its repository, and asks for https only", () =>
  withMachine(files, async (machine) => {
    machine.hasScript("curl", 'echo "$*"; exit 22');
    const text = installScript(script, "some.one/tandem");
    const { code, stdout } = await machine.install({ text, env: { TANDEM_RELEASES: "" } });
    assertEquals(code, 1);
    assertMatch(
      stdout,
      /--proto =https .* https:\/\/github\.com\/some\.one\/tandem\/releases\/latest\/download\/SHA256SUMS\n/,
    );
    await assertRefuses(
      machine,
      { env: { TANDEM_RELEASES: "" } },
      "set TANDEM_RELEASES to https://github.com/OWNER/NAME",
    );
    assertThrows(() => installScript(script, "one/two/three"), Error, "expected OWNER/NAME");
    assertThrows(() => installScript("#!/bin/sh\n", "one/two"), Error, "its line with the repository is missing");
  }));

for (const program of programs.filter(isExecutable)) {
  test("the executable itself, which then says its version", async () => {
    const real = Deno.readFileSync(program.command[0]);
    const latest = await releases(
      releaseOf(({ name }) => name === "x86_64-unknown-linux-gnu" ? real : standIn("2.0.0")),
    );
    await withMachine(latest, async (machine) => {
      const { code, stdout, stderr } = await machine.install();
      assertEquals(code, 0, stderr);
      assertMatch(stdout, /^tandem \d+\.\d+\.\d+ is installed: /m);
      assert(Deno.readFileSync(`${machine.home}/.local/bin/tandem`).length === real.length);
    });
  }, Deno.build.target !== "x86_64-unknown-linux-gnu");
}

test("shellcheck finds nothing", async () => {
  const { success, stdout } = await new Deno.Command("shellcheck", { args: [`.github/install.sh`] }).output();
  assertEquals([success, new TextDecoder().decode(stdout)], [true, ""]);
}, lacks("shellcheck"));
