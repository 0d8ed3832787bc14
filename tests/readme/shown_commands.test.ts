import { assert, assertEquals } from "@std/assert";
import { gzipSync } from "node:zlib";
import { defaultCommand, loadCommands } from "../../lib/cli/commands.ts";
import { planJson } from "../../lib/cli/job/plan_file.ts";
import { flagName } from "../../lib/cli/table/option.ts";
import { parseCommand } from "../../lib/cli/table/parse.ts";
import { fileOfReadme, readme, shownCommands, topicTexts } from "./documents.ts";

const encoder = new TextEncoder();
const root = `${import.meta.dirname}/../..`;
const commands = new Map((await loadCommands()).map((command) => [command.name, command]));
const denoFolder = Deno.execPath().replace(/[\\/][^\\/]*$/, "");

/** These are shown and not run here; their flags are checked all the same. */
const notRun: ReadonlyMap<string, string> = new Map([
  ["tandem claims --json | jq .result.counts", "jq is not on every machine"],
  ["tandem --ndjson | jq -r .verdict", "the same"],
  ["tandem run --exec 'convert {} {.}.png' < names", "nor is ImageMagick"],
  ["tandem completions bash > ~/.local/share/bash-completion/completions/tandem", "it writes into the home folder"],
  ["tandem completions zsh > ~/.zfunc/_tandem", "the same"],
  ["tandem completions fish > ~/.config/fish/completions/tandem.fish", "the same"],
  ["tandem help man > ~/.local/share/man/man1/tandem.1", "the same"],
  ["tandem completions powershell | Out-String | Invoke-Expression", "a line for PowerShell"],
  ["tandem compare job.js --runtime bun --allow-all --count 10000", "nor is Bun"],
  ["tandem compare job.js --runtimes node=v20/node,node=v24/node --allow-all", "nor are two versions of Node"],
  ["tandem help man | man -l -", "man is not on every machine"],
  ["tandem run --exec 'convert {} {.}.png' names.txt", "the same"],
  ["tandem report mon.json tue.json --export-csv both.csv", "results of other days"],
  [
    "tandem compare ../base/orders.js --export-json base.json",
    "the test of README's workflow runs it, in a pull request",
  ],
  ["tandem diff base.json head.json --margin 5% --fail-on regressed", "the same"],
  ["tandem gather ok-* again-* --items items --untag > results", "the test of help gather runs it, behind its loop"],
]);

/** What makes commands short that take seconds or minutes as they stand, by a pattern of the shell; it goes behind their own flags. */
const short: Readonly<Record<string, string>> = {
  "-*": "--max-time 2s", // tandem alone: all claims
  "claims*": "--max-time 2s",
  "compare?@http*": "--rounds 1 --max-time 6s --quiet", // its items wait long: all of them would take half a minute
  "compare*": "--rounds 1 --max-time 60s --quiet",
  "scale*": "--up-to 100 --max-memory 50MiB",
  "streams*": "--take 3",
  "channel*": "--every 1ms",
};

/** A shell's `tandem`: this program, with the short settings. */
const tandem = `tandem() {
  [ $# -eq 0 ] && set -- claims
  case "$*" in ${Object.entries(short).map(([like, flags]) => `${like}) set -- "$@" ${flags};;`).join(" ")} esac
  "$DENO" run --config "$ROOT/deno.json" --frozen --cached-only --no-prompt --allow-all "$ROOT/main.ts" "$@"
}`;

const job = "export default (item) => item;\nexport const items = [1, 2, 3];\n";
const plan = {
  plan: 1,
  job: "orders.js",
  jobSha256: "",
  cpu: "",
  cores: 2,
  threads: 2,
  tasks: 8,
  reason: { work: null, ratio: 2, interval: null, wider: null },
} as const;
const lines = Array.from({ length: 400 }, (_, i) => `${i}\n`).join("");

const people = "name,age\nAnna,41\n";

/** The user's files that the commands speak of. */
const files: Readonly<Record<string, string | Uint8Array>> = {
  "squares.ts": fileOfReadme("squares.ts"),
  "orders.js": fileOfReadme("orders.js").replace("length: 200", "length: 20"),
  "job.js": job,
  "job.ts": "export default (item: number): number => item;\n",
  "fetch.js": job,
  "old.js": job,
  "new.js": job,
  "mail.js": job,
  "deno.json": "{}", // for --deno: the job's project is this folder
  items: lines,
  list: lines,
  "items.ndjson": "1\n2\n3\n",
  "items.json": "[1, 2, 3]",
  names: "letter.txt\n",
  "letter.txt": "b\na\nb\n",
  "people.csv": people,
  "people.csv.gz": gzipSync(people),
  plan: planJson(plan),
  "job.plan.json": planJson(plan),
};

/** Makes the user's folder a repository of git, whose one commit has all files. */
async function commit(folder: string): Promise<void> {
  for (const args of ["init --quiet --initial-branch=main", "add .", "commit --quiet --message=One"]) {
    const user = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    const { success } = await new Deno.Command("git", { args: [...user, ...args.split(" ")], cwd: folder }).output();
    assert(success, args);
  }
}

/** The same for commands that differ only in what the short settings replace. */
function kindOf(command: string): string {
  return command.replace(/^tandem$/, "tandem claims").replace(/ --(?:rounds|max-time) \S+| --(?:quick|full)\b/g, "");
}

const seen = new Set<string>();
for (const [document, all] of shownCommands) {
  const own = all.filter((command) => !notRun.has(command) && !seen.has(kindOf(command)) && seen.add(kindOf(command)));
  if (own.length === 0) continue;
  Deno.test(`${document}: its ${own.length} commands run`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await Promise.all(
        Object.entries(files).map(([name, content]) =>
          Deno.writeFile(`${folder}/${name}`, typeof content === "string" ? encoder.encode(content) : content)
        ),
      );
      await commit(folder);
      for (const command of own) {
        const { code, stderr } = await new Deno.Command("sh", {
          args: ["-c", `${tandem}\n${command}`],
          cwd: folder,
          env: { DENO: Deno.execPath(), ROOT: root, PATH: `${denoFolder}:${Deno.env.get("PATH")}` },
          stdin: "null",
        }).output();
        assertEquals(code, 0, `${command}\n${new TextDecoder().decode(stderr)}`);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("shown commands: there are some in every document that should have some", () => {
  const counts = new Map([...shownCommands].map(([document, { length }]) => [document, length]));
  for (const document of ["README.md", "help run", "help compare", "help claims"]) {
    assert((counts.get(document) ?? 0) >= 4, document);
  }
  for (const document of ["help job", "help limits", "help journal", "help streams", "help channel", "help json"]) {
    assert((counts.get(document) ?? 0) >= 1, document);
  }
  const shown = [...shownCommands.values()].flat();
  assertEquals([...notRun.keys()].filter((command) => !shown.includes(command)), []);
});

Deno.test("shown commands: the table knows their names and flags", async () => {
  for (const command of [...shownCommands.values()].flat()) {
    const [, words = ""] = /\btandem\b([^|<>;]*)/.exec(command.replaceAll(/'[^']*'/g, "quoted")) ?? [];
    const given = words.trim().split(/\s+/).filter((word) => word !== "");
    const [name = defaultCommand, ...args] = given[0]?.startsWith("-") ? [defaultCommand, ...given] : given;
    const found = commands.get(name);
    assert(found !== undefined, command);
    await parseCommand(found, args);
  }
});

Deno.test("README: a file that a command reads is made by a command before", () => {
  const made = new Set<string>();
  const typed = [...readme.matchAll(/^\$ .*$/gm)].join("\n");
  for (const [, way, name] of typed.matchAll(/ (>>?|<) (\w+)\b/g)) {
    if (way !== "<") made.add(name);
    else assert(made.has(name), name);
  }
  assert(made.size > 1);
});

Deno.test("README and topics: every flag that they name is in the table, or another program's", () => {
  const known = new Set(
    [...commands.values()].flatMap(({ options }) =>
      Object.keys(options).flatMap((key) => [`--${flagName(key)}`, `--no-${flagName(key)}`])
    ),
  );
  const others = [
    ...["--keep-order", "--pipe", "--resume-failed"], // GNU parallel's
    ...["--array", "--parsable", "--dependency", "--time"], // Slurm's
    ...["--depth", "--for"], // git's, and kubectl's
  ];
  for (const [name, text] of [["README.md", readme] as const, ...topicTexts]) {
    const flags = [...text.matchAll(/(?<![\w-])--[a-z][a-z0-9-]*/g)].map(([flag]) => flag);
    assertEquals(flags.filter((flag) => !known.has(flag) && !others.includes(flag)), [], name);
  }
});

Deno.test("help run: it names every code of an item's error", async () => {
  const model = await Deno.readTextFile(`${root}/lib/model/item.ts`);
  const [, union] = /export type ItemErrorCode =\n(.*?);/s.exec(model) ?? [];
  const codes = [...union.matchAll(/"([a-z0-9-]+)"/g)].map(([, code]) => code);
  assert(codes.length > 5);
  const words = new Set(topicTexts.get("run")?.split(/[\s,.]+/));
  assertEquals(codes.filter((code) => !words.has(code)), []);
});

Deno.test("topics: lines of at most 80 columns, without blanks at their ends", () => {
  for (const [name, text] of topicTexts) {
    assert(text.endsWith("\n") && !text.endsWith("\n\n"), name);
    assertEquals(text.split("\n").filter((line) => line.length > 80 || line !== line.trimEnd()), [], name);
  }
});
