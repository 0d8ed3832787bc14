import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { claims } from "../../lib/claims/mod.ts";
import config from "../../deno.json" with { type: "json" };
import { blocksOf, cloneCommands, fileOfReadme, readme } from "./documents.ts";

const root = new URL("../../", import.meta.url);
const version = (await Deno.readTextFile(new URL(".dvmrc", root))).trim();

/** These are run by `.ci/run` itself: tests cannot run the tests. */
const runElsewhere = [/ task test$/, / task compile$/];

Deno.test("README: its commands are those of the pinned Deno", () => {
  assert(cloneCommands.length >= 8);
  for (const command of cloneCommands) {
    assert(command.startsWith("deno task ") || command.startsWith(`npx -y deno@${version} task `), command);
  }
});

for (const command of cloneCommands.filter((line) => !runElsewhere.some((pattern) => pattern.test(line)))) {
  Deno.test(`README: ${command}`, async () => {
    const args = command.replace(/^npx -y deno@\S+ |^deno /, "").split(" ");
    const short = args.length === 2 ? ["claims", "--quick", "--rounds", "1"] : []; // the default takes 45 s
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: [...args, ...short],
      cwd: root,
      env: { COLUMNS: "100" },
    }).output();
    assertEquals(code, 0);
    assert(stdout.length > 0);
    if (args.length === 2) assertEquals(titlesIn(new TextDecoder().decode(stdout)), titlesIn(sampleWith("VERDICT")));
  });
}

/** The output that the README shows, with this text in it. */
function sampleWith(text: string): string {
  return blocksOf(readme).find((block) => block.language === "" && block.text.includes(text))?.text ?? "";
}

/** The titles of the tables in an output. */
function titlesIn(output: string): string[][] {
  return output.split("\n").filter((line) => /^VERDICT /.test(line)).map((line) => line.trim().split(/ {2,}/));
}

Deno.test("README: the sample has each claim, in the order in which they are tested", () => {
  const rows = sampleWith("VERDICT").split("\n").filter((line) => /^[✔✘≈–] /.test(line));
  const shown = rows.map((line) => claims.findIndex(({ sentence }) => line.includes(`  ${sentence}  `)));
  assertEquals(shown.toSorted((a, b) => a - b), claims.map((_, place) => place));
});

Deno.test("README: run says what the sample shows, but for the numbers", async () => {
  const [command, ...said] = sampleWith("$ seq 1000000 ").trimEnd().split("\n");
  const [, count] = /^\$ seq (\d+) \| tandem run squares\.ts > /.exec(command) ?? [];
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/squares.ts`, fileOfReadme("squares.ts"));
    await Deno.writeTextFile(`${folder}/items`, Array.from({ length: Number(count) }, (_, i) => `${i + 1}\n`).join(""));
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", "start", "run", `${folder}/squares.ts`, `${folder}/items`],
      cwd: root,
      env: { LC_ALL: "C.UTF-8" },
    }).output();
    const shape = (line: string) => line.replace(/[\d.,]+(?: (?:ns|µs|ms|s)\b)?/g, "N");
    assertEquals(new TextDecoder().decode(stderr).trimEnd().split("\n").map(shape), said.map(shape));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("README: at most 200 lines, and every file it links to is there", async () => {
  assert(readme.trimEnd().split("\n").length <= 200);
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => path);
  assert(links.includes(".github/compare.svg"));
  for (const path of links) await Deno.stat(new URL(path, root));
});

Deno.test("README and CONTRIBUTING name tasks that there are", async () => {
  const contributing = await Deno.readTextFile(new URL(".github/CONTRIBUTING.md", root));
  const named = [...`${readme}${contributing}`.matchAll(/\bdeno(?:@\S+)? task (?:-q )?([a-z:]+)/g)].map(([, name]) =>
    name
  );
  assert(named.length > 10);
  assertEquals(named.filter((name) => !Object.hasOwn(config.tasks, name)), []);
});

Deno.test("README: its program type-checks, runs and prints what it says", async () => {
  const block = blocksOf(readme).find(({ text }) => text.includes("runJob"));
  const folder = await Deno.makeTempDir();
  try {
    const library = new URL("lib/mod.ts", root).href;
    await Deno.writeTextFile(`${folder}/program.ts`, block?.text.replace("@tandem/tandem", library) ?? "");
    await Deno.writeTextFile(`${folder}/squares.ts`, fileOfReadme("squares.ts"));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--check", "--frozen", "--cached-only", "--no-prompt", "--allow-read", "--allow-env", "--allow-sys"]
        .concat("--config", `${import.meta.dirname}/../../deno.json`, "program.ts"),
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals([code, new TextDecoder().decode(stderr).replace(/^Check .*\n/gm, "")], [0, ""]);
    const [, said] = /console\.log\(outcome\); \/\/ (\{.*?\})/.exec(block?.text ?? "") ?? [];
    assertStringIncludes(new TextDecoder().decode(stdout), said);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
