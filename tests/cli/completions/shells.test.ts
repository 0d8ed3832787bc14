import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { bashScript } from "../../../lib/cli/completions/bash.ts";
import { fishScript } from "../../../lib/cli/completions/fish.ts";
import type { CompletedCommand } from "../../../lib/cli/completions/places.ts";
import { zshScript } from "../../../lib/cli/completions/zsh.ts";
import { completed, makeScene, type Shell, shells, typed } from "./shell.ts";

/** What is typed before the Tab key, and the arguments that there are behind it. */
const lines: readonly (readonly [typed: string, becomes: string])[] = [
  ["tandem ru", "<run>"],
  ["tandem run --mo", "<run><--mode>"],
  ["tandem run --mode ta", "<run><--mode><tasks>"],
  ["tandem run --mode=ta", "<run><--mode=tasks>"],
  ["tandem run --quiet -j 2 @pri", "<run><--quiet><-j><2><@primes>"],
  ["tandem compare job", "<compare><job.js>"],
  ["tandem run job.js it", "<run><job.js><items.ndjson>"],
  ["tandem run @primes @pri", "<run><@primes><@pri>"], // a second built-in job is no input
  ["tandem run --journal it", "<run><--journal><items.ndjson>"],
  ["tandem run --journal=it", "<run><--journal=items.ndjson>"],
  ["tandem run --allow-read=it", "<run><--allow-read=items.ndjson>"],
  ["tandem run --log my", "<run><--log><my file.txt>"],
  ["tandem run --threads it", "<run><--threads><it>"], // a number, not a file
  ["tandem run -- it", "<run><--><items.ndjson>"],
  ["tandem run -- --mo", "<run><--><--mo>"],
  ["tandem --max-time 3s expl", "<--max-time><3s><explain>"],
  ["tandem --qui", "<--quick>"], // a flag of claims, the default
  ["tandem claims --fail-on fails,un", "<claims><--fail-on><fails,unclear>"],
  ["tandem scale --kinds=promise,ti", "<scale><--kinds=promise,timer>"],
  ["tandem explain both-t", "<explain><both-together>"],
  ["tandem claims work-stealing both-t", "<claims><work-stealing><both-together>"],
  ["tandem help exit", "<help><exit-codes>"],
  ["tandem help strea", "<help><streams>"],
  ["tandem completions po", "<completions><powershell>"],
  ["tandem run --exec mkfif", "<run><--exec><mkfifo>"],
  ["tandem run --allow-run=mkfif", "<run><--allow-run=mkfifo>"],
  ["tandem run --allow-env=INPUTR", "<run><--allow-env=INPUTRC>"],
  ["tandem run --allow-env=HOME,INPUTR", "<run><--allow-env=HOME,INPUTRC>"],
  ["tandem run --allow-sys=cp", "<run><--allow-sys=cpus>"],
  ["tandem run --allow-sys=hostname,cp", "<run><--allow-sys=hostname,cpus>"],
  ["tandem run --no-qui", "<run><--no-quiet>"],
  ["tandem --no-qui", "<--no-quick>"],
  ["tandem run --no-quiet @pri", "<run><--no-quiet><@primes>"],
  ["tandem run --no-quiet --mode ta", "<run><--no-quiet><--mode><tasks>"],
  ["tandem help run it", "<help><run><it>"], // it takes one operand
];

/** Why a shell cannot be asked here, and how to get it; undefined if all is there. */
function missing(name: string, { name: shell }: Shell): string | undefined {
  const helpers = name.endsWith("bash-completion");
  const path = helpers ? "/usr/share/bash-completion/bash_completion" : undefined;
  if (shell === "bash" && hasProgram("bash") && bashVersion() < 4) {
    return "bash 3 neither says how it lists nor quotes files";
  }
  if (path === undefined ? hasProgram(shell) : exists(path)) return undefined;
  return `no ${helpers ? "bash-completion" : shell} here; Debian: apt-get install ${
    helpers ? "bash-completion" : shell
  }`;
}

for (const [name, shell] of Object.entries(shells)) {
  const why = missing(name, shell);
  if (why !== undefined && Deno.env.get("TANDEM_SHELLS") === "required") throw new Error(why);
  const said = why === undefined ? "" : ` (${why})`;

  Deno.test({
    name: `completions: ${name} completes commands, flags, their values, files and names${said}`,
    ignore: why !== undefined,
    fn: () =>
      inScene(async (root) => {
        const found = await completed(shell, lines.map(([line]) => line), root);
        assertEquals(
          lines.map(([line], i) => `${line}: ${found[i]}`),
          lines.map(([line, becomes]) => `${line}: ${becomes}`),
        );
      }),
  });

  Deno.test({
    name: `completions: ${name} shows what flags, commands, jobs and topics are${said}`,
    ignore: why !== undefined,
    fn: () =>
      inScene(async (root) => {
        const again = shell.name === "bash" ? "\t" : ""; // it lists at the second Tab
        const asked = ["tandem run --allow-r", "tandem s", "tandem run @p", "tandem help json"];
        const told = await typed(shell, asked.map((line) => line + again), root);
        for (
          const about of [
            "let the job run these programs, or all",
            "How many tasks and threads can wait at once, and what they cost",
            "little work on 256 KiB of text",
            "the JSON Schema of these documents, as JSON",
          ]
        ) {
          assertStringIncludes(told, about);
        }
      }),
  });
}

/** Said of everything: whatever a shell might expand, run or end a text at. */
const about = `it's "so" $HOME \`id\` $(id) [a:b] {c,d} \\n * ? ~ # ! & | ; < > (e) %f`;
const oddTable: readonly CompletedCommand[] = ["one", "only"].map((word) => ({
  word,
  about,
  flags: ["--mode", "--more"].map((word) => ({
    word,
    about,
    value: "next",
    repeated: false,
    place: { name: "A:B|C", words: [], also: "files" },
  })),
  negations: ["--no-mode", "--no-more"].map((word) => ({ word, about })),
  operands: [{ name: "NAME", words: ["xa", "xb"].map((word) => ({ word, about })) }],
}));
const oddScripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

for (const [name, shell] of Object.entries(shells)) {
  const why = missing(name, shell);
  Deno.test({
    name: `completions: ${name} shows what is said as it is, whatever it is${why === undefined ? "" : ` (${why})`}`,
    ignore: why !== undefined,
    fn: () =>
      inScene(async (root) => {
        const again = shell.name === "bash" ? "\t" : "";
        for (const line of ["tandem on", "tandem one --mo", "tandem one --no-mo", "tandem one x"]) {
          const told = await typed(shell, [line + again], root);
          const times = shell.name === "zsh" ? 1 : 2; // zsh says once what is said of several words
          assertEquals(told.split(about).length - 1, times, `${line}: ${told}`);
        }
        const [found] = await completed(shell, ["tandem only --more=it"], root);
        assertEquals(found, "<only><--more=items.ndjson>");
      }, (name) => Promise.resolve(oddScripts[name](oddTable, "one"))),
  });
}

Deno.test({
  name: "completions: bash inserts no description, also where = and : break no words",
  ignore: missing("bash", shells.bash) !== undefined,
  fn: () =>
    inScene(async (root) => {
      const first = "COMP_WORDBREAKS=' '; bind 'set show-all-if-ambiguous on'";
      const found = await completed(shells.bash, [first, ...lines.map(([line]) => line)], root);
      const alike = lines.filter(([line]) => !/--(?:journal|allow-read)=/.test(line)); // there readline asks for --journal=it
      assertEquals(alike.flatMap(([, becomes]) => found.includes(becomes) ? [] : [becomes]), []);
      assert(!found.some((line) => line.includes("(")), found.join("\n"));
    }),
});

function bashVersion(): number {
  const { stdout } = new Deno.Command("bash", { args: ["-c", "echo $BASH_VERSINFO"] }).outputSync();
  return Number(new TextDecoder().decode(stdout));
}

async function inScene(
  test: (root: string) => Promise<void>,
  scriptOf?: Parameters<typeof makeScene>[0],
): Promise<void> {
  const { root } = await makeScene(scriptOf);
  try {
    await test(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

function hasProgram(name: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").some((folder) => exists(`${folder}/${name}`));
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
