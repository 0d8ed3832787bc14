import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { asked } from "../../.ci/release/asked.ts";
import { refusedBase } from "../../.ci/release/base.ts";
import { compile, compileArguments, reasonOf } from "../../.ci/release/compile.ts";
import { extras } from "../../.ci/release/extras.ts";
import { filesIn, setTimes } from "../../.ci/release/files.ts";
import { releasedAt } from "../../.ci/release/moment.ts";
import { checkTag, releaseNotes } from "../../.ci/release/notes.ts";
import { targets } from "../../.ci/release/targets.ts";

Deno.test("release notes: the changelog's section of the version, and nothing else", () => {
  const changelog = "# Changelog\n\n## 0.2.0\n\n- new\n\n### Fixed\n\n- a bug\n\n## 0.1.0\n\n- old\n\n## 0.0.9\n";
  assertEquals(releaseNotes(changelog, "0.2.0"), "- new\n\n### Fixed\n\n- a bug\n");
  assertEquals(releaseNotes(changelog, "0.1.0"), "- old\n");
  for (const version of ["0.2", "0.0.9", "1.0.0"]) {
    assertThrows(() => releaseNotes(changelog, version), Error, `no section "## ${version}"`);
  }
});

Deno.test("a tag is that of the version", () => {
  checkTag("v0.1.0", "0.1.0");
  for (const tag of ["0.1.0", "v0.1.1", "v0.1.0-rc.1", ""]) {
    assertThrows(() => checkTag(tag, "0.1.0"), Error, "is not v0.1.0");
  }
});

Deno.test("what is asked for: some targets or all, and notes with a tag", () => {
  const changelog = "# Changelog\n\n## 0.1.0\n\n- first\n";
  assertEquals(asked([], changelog, "0.1.0"), { targets, notes: undefined });
  const [first, second] = targets;
  assertEquals(asked([second.name, "--tag=v0.1.0", first.name], changelog, "0.1.0"), {
    targets: [first, second],
    notes: "- first\n",
  });
  assertThrows(() => asked(["--tag=v0.2.0"], changelog, "0.1.0"), Error, "the tag v0.2.0 is not v0.1.0");
  assertThrows(() => asked(["--tag=v0.2.0"], changelog, "0.2.0"), Error, "CHANGELOG.md has no section");
  assertThrows(
    () => asked([first.name, "sparc", "vax"], changelog, "0.1.0"),
    Error,
    `sparc, vax: expected ${first.name}, `,
  );
});

Deno.test("the release's time: seconds since 1970, which a zip can say", () => {
  assertEquals(releasedAt("1795763907\n").toISOString(), "2026-11-27T07:18:27.000Z");
  const seconds = (year: number) => Date.UTC(year, 0) / 1000;
  assertEquals(releasedAt(`${seconds(1980)}`).getUTCFullYear(), 1980);
  assertEquals(releasedAt(`${seconds(2108) - 1}`).getUTCFullYear(), 2107);
  for (const text of ["", "now", "1e9", "-5", "0", "9999999999", `${seconds(1980) - 1}`, `${seconds(2108)}`]) {
    assertThrows(() => releasedAt(text), RangeError, "from 1980 to 2107");
  }
});

Deno.test("the modules that are compiled have the release's time, also in folders", () => {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.mkdirSync(`${folder}/workers`);
    for (const name of ["main.js", "workers/slot.js"]) Deno.writeTextFileSync(`${folder}/${name}`, name);
    const at = releasedAt("1795763907");
    setTimes(folder, at);
    const files = filesIn(folder, folder).map(({ path }) => path).toSorted();
    assertEquals(files, [`${folder}/main.js`, `${folder}/workers/slot.js`]);
    assertEquals(files.map((path) => Deno.statSync(path).mtime), [at, at]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("the release compiles as the compile task does", () => {
  const args = compileArguments(config.tasks.compile.command);
  assertEquals(args[0], "--frozen");
  assertEquals(args.at(-1), ".cache/bundle/main.js");
  assert(args.includes("--allow-all") && args.includes(".cache/bundle/workers/slot.js"));
  assertEquals(args.filter((arg) => arg === "--output" || arg === "dist/tandem" || arg === "||"), []);
  assertThrows(() => compileArguments("deno compile main.ts"), Error, "not as expected");
});

Deno.test("a base that cannot be downloaded: the reason has its URL, and DENORT_BIN is not taken", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(`${folder}/main.js`, "");
    Deno.env.set("DENORT_BIN", Deno.execPath());
    // nothing is in this cache, and nothing is reached
    const env = {
      ...Deno.env.toObject(),
      DENORT_BIN: Deno.execPath(),
      DENO_DIR: folder,
      HTTPS_PROXY: "http://127.0.0.1:9",
    };
    const args = ["--no-check", `${folder}/main.js`];
    const failed = await compile(args, "aarch64-apple-darwin", `${folder}/out`, env);
    assertStringIncludes(failed?.refused ?? "", "denort-aarch64-apple-darwin.zip");
    assertEquals([...Deno.readDirSync(folder)].filter(({ name }) => name.startsWith("out")), []);
  } finally {
    Deno.env.delete("DENORT_BIN");
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test({
  name: "an executable that does not start, or has another Deno, is not taken",
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = Deno.makeTempDirSync();
    const said = async (lines: string) => {
      Deno.writeTextFileSync(`${folder}/tandem`, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
      return (await refusedBase(`${folder}/tandem`, "2.9.6"))?.refused;
    };
    try {
      assertEquals(await said(`[ "$*" = "--version --json" ] && echo '{"deno":"2.9.6"}'`), undefined);
      assertEquals(await said(`echo '{"deno":"2.6.10"}'`), "Its base is Deno 2.6.10, not 2.9.6.");
      assertStringIncludes(await said("echo no section >&2; exit 1") ?? "", "It does not start: ");
      assertStringIncludes(await said("echo no section >&2; exit 1") ?? "", "no section");
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
});

Deno.test("the reason of a failure: Deno's causes, its error, or all it said", () => {
  const causes =
    "error: Writing\n\nCaused by:\n    0: Setting up base binary.\n    1: no route\n    2: x\n\nStack backtrace:\n   0: <unknown>\n";
  assertEquals(reasonOf(causes), "Setting up base binary. no route");
  assertEquals(reasonOf(causes.replace(/ {4}[12]:.*\n/g, "")), "Setting up base binary.");
  assertEquals(reasonOf(" \n"), "Deno said nothing");
  assertEquals(reasonOf("Check main.ts\nerror: Module not found\n"), "Module not found");
  assertEquals(reasonOf("Killed\n"), "Killed");
});

Deno.test("archives have completions for four shells, the man page and the licence", async () => {
  const texts = new Map((await extras()).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));
  assertEquals([...texts.keys()].toSorted(), [
    "LICENSE",
    "completions/_tandem",
    "completions/tandem.bash",
    "completions/tandem.fish",
    "completions/tandem.ps1",
    "man/tandem.1",
  ]);
  assertStringIncludes(texts.get("completions/_tandem")!, "#compdef tandem");
  assertStringIncludes(texts.get("completions/tandem.ps1")!, "Register-ArgumentCompleter");
  assertStringIncludes(texts.get("man/tandem.1")!, `"tandem ${config.version}"`);
  assertStringIncludes(texts.get("LICENSE")!, "MIT License");
});

Deno.test("deno task release: another tag, or an unknown target, ends it before it begins", async () => {
  for (
    const [args, said] of [[["--tag=v9.9.9"], "the tag v9.9.9 is not v"], [
      ["sparc"],
      "sparc: expected x86_64-",
    ]] as const
  ) {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--frozen", "--cached-only", "--no-prompt", "--allow-read", ".ci/release.ts", ...args],
    }).output();
    assertEquals(code, 2);
    assertStringIncludes(new TextDecoder().decode(stderr), said);
  }
});
