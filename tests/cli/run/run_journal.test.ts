import { assert, assertEquals, assertMatch } from "@std/assert";
import { seededRandom } from "../../../lib/stats/random.ts";
import { type FileRun, goOn, goOnFlags, numberedLines, runKilled, runOverFiles } from "./killed_run.ts";
import { type Program, run, spawn, testEach } from "../programs.ts";

const jobs = `${import.meta.dirname}/../../fixtures/jobs`;
const slowOrFailing = `${jobs}/slow_or_failing.js`;
const someValues = `${jobs}/some_values.js`;
const unix = Deno.build.os !== "windows";

/** A folder with an input, and what is in it. */
class Place {
  constructor(readonly folder: string) {}

  text(name: string): string {
    return Deno.readTextFileSync(`${this.folder}/${name}`);
  }

  write(name: string, text: string): void {
    Deno.writeTextFileSync(`${this.folder}/${name}`, text);
  }

  lines(name: string): string[] {
    return this.text(name).split("\n").toSorted();
  }
}

/** Registers a test that has a folder with an input of that many lines. */
function testInFolder(name: string, count: number, test: (program: Program, place: Place) => Promise<void>): void {
  testEach(name, async (program) => {
    const folder = await Deno.makeTempDir();
    try {
      const place = new Place(folder);
      place.write("input", numberedLines(count));
      await test(program, place);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }, !unix);
}

const cases = [
  [slowOrFailing, "-j2", "--tasks=2", "--errors=inline"],
  [slowOrFailing, "-j2", "--tasks=1", "--unordered", "--shard=1/2"],
  [someValues, "-j2", "--tasks=8", "--tag"],
  [slowOrFailing, "-j2", "--tasks=2", "--isolate=process"],
  [someValues, "-j2", "--tasks=8", "--unordered", "--errors=inline"],
];
for (const [i, args] of cases.entries()) {
  const [job, ...flags] = args;
  const goOnFlag = goOnFlags[i % 2]; // each with and without order
  const name = `run ${goOnFlag}: killed at any moment, also when it has gone on: ${job.replace(/.*\//, "")} ${
    flags.join(" ")
  }`;
  testInFolder(name, 2_000, async (program, place) => {
    const random = seededRandom(i + 1);
    const run: FileRun = { program, args: [...args, "-q"], folder: place.folder };
    await runOverFiles(run, []);
    const ordered = !args.includes("--unordered");
    const expected = ordered ? place.text("output") : place.lines("output");
    Deno.removeSync(`${place.folder}/output`);
    const times = [0, 1, 2].map(() => 200 + 800 * random());
    const { code, stderr, kills } = await runKilled(run, goOnFlag, times);
    assertEquals(code, 1, stderr);
    assert(kills > 0, "it was too quick");
    assertEquals(ordered ? place.text("output") : place.lines("output"), expected);
  });
}

for (const flag of goOnFlags) {
  testInFolder(`run ${flag}: killed at its birth, and at items that never end`, 400, async (program, place) => {
    place.write(
      "gated.js",
      `export default async function ({ n }) {
        if (n >= Number(Deno.readTextFileSync(new URL("gate", import.meta.url)))) await new Promise(() => {});
        return n;
      }`,
    );
    const run: FileRun = {
      program,
      args: [`${place.folder}/gated.js`, "-j2", "--tasks=2", "-q"],
      folder: place.folder,
    };
    const below = (gate: number) =>
      Array.from({ length: 400 }, (_, n) => n % 50 === 7 || n % 101 === 5 || n >= gate ? "" : `${n}\n`).join("");
    const output = (gate: number) => ({ file: "output", bytes: below(gate).length });
    for (
      const [gate, killAt] of [
        [0, { file: "journal", bytes: 0 }],
        [0, { file: "journal", bytes: 1 }],
        [1, output(1)],
        [60, output(60)],
        [61, output(61)],
        [390, output(390)],
      ] as const
    ) {
      place.write("gate", `${gate}`);
      const { code, stderr } = await goOn(run, flag, killAt);
      assertEquals([code, place.text("output")], [null, below(gate)], `killed at ${gate}: ${stderr}`);
    }
    place.write("gate", "Infinity");
    for (let i = 0; i < 2; i++) {
      assertEquals([(await goOn(run, flag)).code, place.text("output")], [1, below(400)]);
    }
  });
}

testInFolder("run --resume: Ctrl-C, and again; what failed because of it has no end", 2_000, async (program, place) => {
  const aborting = `${place.folder}/aborting.js`;
  place.write(
    "aborting.js",
    `export default async function ({ n }, { signal }) {
      await new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        setTimeout(resolve, 2);
      });
      return n;
    }`,
  );
  const run: FileRun = { program, args: [aborting, "-j1", "--tasks=4"], folder: place.folder };
  const first = await runOverFiles(run, ["--journal=journal"], { file: "output", bytes: 2_000 }, "SIGINT");
  assertEquals(first.code, 130, first.stderr);
  assertMatch(
    first.stderr,
    /\nContinue: tandem run \S+ --threads 1 --tasks 4 --resume journal < the same input >> the same output\n$/,
  );
  const { code, stderr } = await runOverFiles(run, ["--resume", "journal"]);
  assertEquals(code, 1, stderr);
  assertEquals(stderr.includes("AbortError"), false);
  assertMatch(stderr, /before: [\d,]+ ok/);
  const numbers = numberedLines(2_000).split("\n").filter((line) => line.startsWith("{"));
  assertEquals(place.text("output"), numbers.map((line) => `${JSON.parse(line).n}\n`).join(""));
});

testInFolder(
  "run --journal: a full disk ends it with 3 and one message, and it can be resumed",
  3_000,
  async (program, place) => {
    place.write(
      "rare.js",
      "export default async function* ({ n }) { await 0; for (let t = Date.now(); Date.now() - t < 1;); if (n % 300 === 0) yield n; }",
    );
    const run: FileRun = {
      program,
      args: [`${place.folder}/rare.js`, "-q", "-j2"],
      folder: place.folder,
    };
    place.write("input", Array.from({ length: 3_000 }, (_, n) => `{"n":${n}}\n`).join(""));
    await runOverFiles(run, []);
    const expected = place.text("output");
    Deno.removeSync(`${place.folder}/output`);
    // The output is shorter than such a file, the journal is not.
    const small: FileRun = { ...run, program: withSmallFiles(program, 1) };
    const { code, stderr } = await runOverFiles(small, ["--journal=journal"]);
    assertEquals(code, 3, stderr);
    assertMatch(
      stderr,
      /^tandem: journal: cannot be written: [^\n]+; then resume: --resume journal\n$/,
    );
    assert(place.text("output").length < expected.length);
    const resumed = await runOverFiles(run, ["--resume=journal"]);
    assertEquals([resumed.code, place.text("output")], [0, expected], resumed.stderr);
  },
);

testInFolder("run --journal: no room for the first record: nothing runs", 20, async (program, place) => {
  const run: FileRun = { program: withSmallFiles(program, 0), args: [slowOrFailing], folder: place.folder };
  const { code, stderr } = await runOverFiles(run, ["--journal=journal"]);
  assertEquals([code, place.text("output"), place.text("journal")], [3, "", ""]);
  assertMatch(stderr, /^tandem: journal: cannot be written: [^\n]+\n$/);
});

testInFolder(
  "run --resume, --journal: stdout and stderr in one file are refused: it could not be cut",
  3,
  async (program, place) => {
    const wrap = (
      command: readonly string[],
    ) => ["sh", "-c", 'cd "$0"; exec "$@" >> both 2>&1', place.folder, ...command];
    for (const flag of goOnFlags) {
      const { code } = await run(program, ["run", `${jobs}/echo.js`, `${place.folder}/input`, flag, "journal"], {
        wrap,
      });
      const said = "tandem: stdout and stderr are the same file; give one of them another file\n";
      assertEquals([code, place.text("both")], [2, said]);
      Deno.removeSync(`${place.folder}/both`);
    }
  },
);

testInFolder("run --resume, --journal: not while another run writes the journal", 0, async (program, place) => {
  const { stdout: version } = await run(program, ["--version", "--json"]);
  if (JSON.parse(version).deno.startsWith("2.6.")) return; // it has no tryLock
  const journal = `${place.folder}/journal`;
  const job = `${jobs}/echo.js`;
  let close = () => {};
  async function* input() {
    yield new TextEncoder().encode("1\n");
    await new Promise<void>((resolve) => close = resolve);
  }
  const running = spawn(program, ["run", job, "-q", "--journal", journal], { input: input() });
  assertEquals(await running.lines(1), ["1"]);
  for (const flag of goOnFlags) {
    const { code, stderr } = await runOverFiles({ program, args: [job], folder: place.folder }, [`${flag}=journal`]);
    assertEquals([code, stderr], [
      75,
      "tandem: journal: another run is writing to it; wait until it ends, or choose another name\n",
    ]);
  }
  close();
  assertEquals((await running.ended()).code, 0);
});

/** The same program where no file may be longer than that many blocks of 512 bytes, or of 1 KiB if sh is bash. */
function withSmallFiles({ name, command }: Program, blocks: number): Program {
  return { name, command: ["sh", "-c", `trap "" XFSZ; ulimit -f ${blocks}; exec "$@"`, "sh", ...command] };
}
