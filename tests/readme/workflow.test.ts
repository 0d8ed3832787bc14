import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder } from "../cli/in_folder.ts";
import { text as diffTopic } from "../../lib/cli/help/topics/diff.ts";
import { sessionOf } from "../diff/varied.ts";
import { blocksOf, fileOfReadme, readme } from "./documents.ts";

const root = `${import.meta.dirname}/../..`;

/** The shell lines of the README's workflow, in order. */
const [workflow] = blocksOf(readme).filter(({ language }) => language === "yaml");
const lines = [...workflow.text.matchAll(/^ +- run: (.*)$/gm)].map(([, line]) => line);

/** Those of the workflow in `tandem help diff`. */
const diffLines = [...diffTopic.matchAll(/^ {2}((?:git|tandem) .*)$/gm)].map(([, line]) => line);

/** A shell's `tandem`: this program. A comparison takes a moment only. */
const tandem = `tandem() {
  case "$1" in compare) set -- "$@" --rounds 6 --max-time 60s --quiet;; esac
  "$DENO" run --config "$ROOT/deno.json" --frozen --cached-only --no-prompt --allow-all "$ROOT/main.ts" "$@"
}`;

async function shell(line: string, cwd: string) {
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-ec", `${tandem}\n${line}`],
    cwd,
    env: {
      DENO: Deno.execPath(),
      ROOT: root,
      GITHUB_BASE_REF: "main",
      GITHUB_STEP_SUMMARY: `${cwd}/summary.md`,
      GIT_CONFIG_GLOBAL: "/dev/null",
      LC_ALL: "C.UTF-8",
    },
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: out, stderr: err };
}

/** Makes a clone of a repository, in which a branch is checked out that changes nothing. */
async function clone(folder: string): Promise<string> {
  const job = fileOfReadme("orders.js").replace("length: 200", "length: 8");
  Deno.writeTextFileSync(`${folder}/orders.js`, job);
  const git = "git -c user.name=test -c user.email=test@example.com";
  const { code, stderr } = await shell(
    `git init -q -b main origin && cp orders.js origin && cd origin && git add . && ${git} commit -qm one && cd .. &&
     git clone -q --depth 1 "file://$PWD/origin" head && cd head && git checkout -q -b change`,
    folder,
  );
  assertEquals(code, 0, stderr);
  return `${folder}/head`;
}

/** Runs lines, of which all but the last must succeed; what came of the last one. */
async function inTurn(lines: readonly string[], cwd: string): ReturnType<typeof shell> {
  for (const line of lines.slice(0, -1)) {
    const { code, stderr } = await shell(line, cwd);
    assertEquals(code, 0, `${line}: ${stderr}`);
  }
  return await shell(lines[lines.length - 1], cwd);
}

Deno.test("README: the lines of its workflow run, and the gate is red for what is slower", async () => {
  assertEquals(lines.length, 2);
  await inFolder({}, async (folder) => {
    const head = await clone(folder);
    const slower = Deno.readTextFileSync(`${head}/orders.js`).replace("resolve, 4)", "resolve, 40)");
    Deno.writeTextFileSync(`${head}/orders.js`, slower);
    const { code, stdout, stderr } = await inTurn(lines, head);
    assertEquals(code, / ✘ slower /.test(stdout) ? 1 : 0, stdout + stderr); // unclear on a busy machine
    assertStringIncludes(stdout, "compare orders.js at FETCH_HEAD with orders.js · 8 items");
    assertStringIncludes(
      Deno.readTextFileSync(`${head}/summary.md`),
      "### tandem compare `orders.js at FETCH_HEAD` with `orders.js`\n",
    );
  });
});

Deno.test("help diff: the lines of its workflow run, and the gate says what the table says", async () => {
  assertEquals(diffLines.length, 5);
  await inFolder({}, async (folder) => {
    const head = await clone(folder);
    const { code, stdout, stderr } = await inTurn(diffLines, head);
    assertEquals(code, /\d regressed[, ]/.test(stdout) ? 1 : 0, stdout + stderr); // the machine may be busy
    assert(!stdout.includes("differ in the job"), stdout);
    assertStringIncludes(Deno.readTextFileSync(`${head}/summary.md`), "### tandem diff of compare `orders.js`\n");
  });
});

Deno.test("help diff: the gate of its workflow is red for what is slower, and not for noise", async () => {
  const files = {
    "base.json": JSON.stringify(sessionOf({ seed: 1 })),
    "same/head.json": JSON.stringify(sessionOf({ seed: 2 })),
    "slow/head.json": JSON.stringify(sessionOf({ seed: 2, slower: { threads: 1.1 } })),
  };
  await inFolder(files, async (folder) => {
    const gate = (name: string) =>
      shell(diffLines[diffLines.length - 1].replaceAll("base.json", "../base.json"), `${folder}/${name}`);
    assertEquals((await gate("same")).code, 0);
    const { code, stdout } = await gate("slow");
    assertEquals(code, 1);
    assertStringIncludes(stdout, "✘ regressed");
    assertStringIncludes(Deno.readTextFileSync(`${folder}/slow/summary.md`), "| ✘ regressed | threads |");
  });
});
