import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { seededRandom } from "../../../lib/stats/random.ts";
import { type FileRun, numberedLines, runKilled, runOverFiles } from "./killed_run.ts";
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
  const name = `run --resume: killed at any moment, also while it resumes: ${job.replace(/.*\//, "")} ${
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
    const { code, stderr, kills } = await runKilled(run, times);
    assertEquals(code, 1, stderr);
    assert(kills > 0, "it was too quick");
    assertEquals(ordered ? place.text("output") : place.lines("output"), expected);
  });
}

/** Ends a run, and then lets it look as if it had been killed at some byte of its journal. */
async function resumeFromAnywhere(run: FileRun, place: Place, seed: number, rounds: number): Promise<void> {
  const random = seededRandom(seed);
  await runOverFiles(run, ["--journal", "journal"]);
  const [output, journal] = [place.text("output"), place.text("journal")];
  for (let round = 0; round < rounds; round++) {
    const cut = round === 0 ? 0 : Math.floor(random() * (journal.length + 1));
    place.write("journal", journal.slice(0, cut));
    if (cut < journal.indexOf("\n", journal.indexOf("begun"))) place.write("output", ""); // its output had not begun
    else place.write("output", output + "torn");
    const { code, stderr } = await runOverFiles(run, ["--resume=journal"]);
    assertEquals(code, 1, `cut at ${cut}: ${stderr}`);
    const expected = journal.slice(0, cut).includes('"last"') ? /* nothing is looked at */ `${output}torn` : output;
    assertEquals(place.text("output"), expected, `cut at ${cut}`);
  }
}

testInFolder(
  "run --resume: from any byte of the journal; line and index stay those of the input",
  300,
  async (program, place) => {
    const flags = ["-j2", "--tasks=4", "-q", "--tag", "--shard=1/3", "--limit=80"];
    await resumeFromAnywhere({ program, args: [slowOrFailing, ...flags], folder: place.folder }, place, 5, 6);
    const records = place.text("output").trim().split("\n").map((line) => JSON.parse(line));
    const items = numberedLines(300).split("\n").map((line, i) => ({ line: i + 1, text: line.trim() })).filter((
      { text },
    ) => text);
    for (const { line, value: { index, n } } of records) {
      assertEquals([items[index].line, items[index].text, index % 3], [line, `{"n":${n}}`, 1]);
    }
    assert(records.length > 60, `${records.length}`);
  },
);

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
  const first = await runOverFiles(run, ["--journal=journal"], { outputBytes: 2_000 }, "SIGINT");
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
  "run --resume: refuses another job, other flags, another input, a shorter output",
  200,
  async (program, place) => {
    const job = `${place.folder}/job.js`;
    place.write("part.js", "export const add = 1;");
    place.write("job.js", 'import { add } from "./part.js"; export default ({ n }) => n + add;');
    const run: FileRun = { program, args: [job, "-q"], folder: place.folder };
    await runOverFiles(run, ["--journal=journal"]);
    const [input, output] = [place.text("input"), place.text("output")];
    const whole = place.text("journal");
    place.write("journal", whole.replace(',"last":true', "")); // as if it had been killed just before its end
    const journal = place.text("journal");
    const refuses = async (found: RegExp, args: readonly string[] = []) => {
      const end = await runOverFiles({ ...run, args: [...run.args, ...args] }, ["--resume=journal"]);
      assertEquals(end.code, 2, end.stderr);
      assertMatch(end.stderr, found);
      assertEquals(end.stderr.split("\n").length, 2, "one message");
      assertEquals(place.text("journal"), journal);
    };
    for (
      const [flag, before, now] of [
        ["--tag", "tag = false", "tag = true; give the same flags, see --tag"],
        ["--unordered", "unordered = false", "unordered = true; give the same flags, see --unordered"],
        ["--input=lines", "input = json", "input = lines; give the same flags, see --input"],
        ["--output=lines", "output = json", "output = lines; give the same flags, see --output"],
        ["-0", "null = false", "null = true; give the same flags, see --null"],
        ["--errors=inline", "errors = stderr", "errors = inline; give the same flags, see --errors"],
        ["--max-line=1KiB", "maxLine = 16MiB", "maxLine = 1KiB; give the same flags, see --max-line"],
        ["--limit=3", "limit = none", "limit = 3; give the same flags, see --limit"],
        ["--shard=0/2", "shard = none", "shard = 0/2; give the same flags, see --shard"],
      ]
    ) {
      const found = `^tandem: journal: it was made with ${before}, but this run has ${now}\n$`;
      await refuses(new RegExp(found), [flag]);
    }
    place.write("part.js", "export const add = 2;");
    await refuses(/^tandem: journal: the job, or a module that it imports, has changed since; [^\n]+\n$/);
    place.write("part.js", "export const add = 1;");

    place.write("input", input.replace("10", "11"));
    await refuses(
      /^tandem: journal: the input has changed: its first \d+ bytes differ from those that were read before;/,
    );
    place.write("input", input.slice(0, -20));
    await refuses(/^tandem: journal: the input is too short: it has \d+ bytes, but \d+ were read before;/);
    place.write("input", input);
    assertEquals(place.text("output"), output, "no refusal has touched it");

    place.write("output", output.slice(0, 10));
    await refuses(
      /^tandem: journal: the output file has 10 bytes, but \d+ were written to it; append to the same file with >>/,
    );
  },
);

testInFolder(
  "run --journal: not over another journal, not over another file, not twice",
  20,
  async (program, place) => {
    const run: FileRun = { program, args: [slowOrFailing, "-q"], folder: place.folder };
    place.write("notes", "keep me\n");
    const refuses = async (args: readonly string[], found: RegExp) => {
      const { code, stderr } = await runOverFiles(run, args);
      assertEquals(code, 2, stderr);
      assertMatch(stderr, found);
    };
    for (const flag of ["--journal", "--resume", "--retry-failed"]) {
      await refuses(
        [`${flag}=notes`],
        /notes: is not a journal;/,
      );
    }
    await refuses(["--resume=none"], /none: this journal does not exist; to create one: --journal\n/);
    await refuses(["--journal=a", "--resume=b"], /--journal and --resume exclude each other/);
    await refuses(["--journal=no/such/folder"], /no\/such\/folder: cannot be opened: /);
    await runOverFiles(run, ["--journal=journal"]);
    await refuses(["--journal=journal"], /this journal already exists; to resume its run: --resume journal; /);
    assertEquals(place.text("notes"), "keep me\n");
  },
);

testInFolder(
  "run --resume: a run that is done writes nothing more; lines added later are run",
  20,
  async (program, place) => {
    const run: FileRun = { program, args: [slowOrFailing, "-q"], folder: place.folder };
    assertEquals((await runOverFiles(run, ["--journal=journal"])).code, 1);
    const output = place.text("output");
    for (let i = 0; i < 2; i++) assertEquals(await runOverFiles(run, ["--resume=journal"]), { code: 1, stderr: "" });
    assertEquals(place.text("output"), output);
    place.write("input", `${numberedLines(20)}{"n":500}\n`);
    await runOverFiles(run, ["--resume=journal"]);
    assertEquals(place.text("output"), `${output}{"n":500,"index":19}\n`);
  },
);

testInFolder("run --retry-failed: only those, with their lines, also by a fixed job", 100, async (program, place) => {
  const job = `${place.folder}/job.js`;
  place.write("job.js", "export default (n) => { if (n % 10 === 0) throw new Error('ten'); return n; }");
  place.write("input", Array.from({ length: 50 }, (_, i) => `${i}\n`).join("\n"));
  const run: FileRun = { program, args: [job, "--tag", "--mode=serial"], folder: place.folder };
  const first = await runOverFiles(run, ["--journal=my journal"]);
  assertMatch(
    first.stderr,
    /\nAgain: tandem run \S+ --mode serial --tag --retry-failed 'my journal' < the same input\n$/,
  );
  const retry = async () => {
    place.write("output", "");
    return await runOverFiles(run, ["--retry-failed=my journal"]);
  };
  assertStringIncludes((await retry()).stderr, "done: 0 ok, 5 failed (exit 1)");
  place.write("job.js", "export default (n) => { if (n === 20) throw new Error('twenty'); return -n; }");
  const second = await retry();
  assertStringIncludes(second.stderr, '{"line":41,"error":{"name":"Error","message":"twenty"}}\ndone: 4 ok, 1 failed');
  assertEquals(
    place.text("output"),
    [0, 10, 30, 40].map((n) => `{"line":${2 * n + 1},"value":${-n || 0}}\n`).join(""),
  );
  place.write("job.js", "export default (n) => n;");
  assertEquals((await retry()).code, 0);
  assertEquals(place.text("output"), '{"line":41,"value":20}\n');
  assertEquals((await retry()).code, 0);
  assertEquals(place.text("output"), "");
  const other = await runOverFiles({ ...run, args: [job, "--tag", "--limit=5"] }, ["--retry-failed=my journal"]);
  assertMatch(
    other.stderr,
    /it was made with limit = none, but this run has limit = 5; give the same flags, see --limit/,
  );
});

testInFolder("run --retry-failed: not before the run has come to its end", 200, async (program, place) => {
  const run: FileRun = { program, args: [slowOrFailing, "-q", "--fail-fast"], folder: place.folder };
  assertEquals((await runOverFiles(run, ["--journal=journal"])).code, 1);
  const { code, stderr } = await runOverFiles(run, ["--retry-failed=journal"]);
  assertEquals([code, stderr], [
    2,
    "tandem: journal: its run has not finished; resume it first: --resume\n",
  ]);
});

testInFolder(
  "run --journal: files as operands; how lines are spread over files does not matter",
  0,
  async (program, place) => {
    const flags = ["-j2", "-q", "--input=lines"];
    const [a, b] = [`${place.folder}/a`, `${place.folder}/b`];
    place.write("a", "1\n2"); // no newline at its end
    place.write("b", "3\n4\n");
    place.write("input", "1\n2\n3\n4\n5\n");
    const job = `${jobs}/echo.js`;
    const run: FileRun = { program, args: [job, a, b, ...flags], folder: place.folder };
    assertEquals((await runOverFiles(run, ["--journal=journal"])).code, 0);
    assertEquals((await runOverFiles({ ...run, args: [job, ...flags] }, ["--resume=journal"])).code, 0);
    assertEquals(place.text("output"), '"1"\n"2"\n"3"\n"4"\n"5"\n');
    const swapped = await runOverFiles({ ...run, args: [job, b, a, "-", ...flags] }, ["--resume=journal"]);
    assertMatch(swapped.stderr, /the input has changed/);
  },
);

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
      /^tandem: journal: cannot be written: [^\n]+; free some space, then resume: --resume journal\n$/,
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

testInFolder("run --resume: not while another run writes the journal", 0, async (program, place) => {
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
  const { code, stderr } = await runOverFiles({ program, args: [job], folder: place.folder }, ["--resume=journal"]);
  assertEquals([code, stderr], [
    2,
    "tandem: journal: another run is writing to it; wait until it ends, or choose another name\n",
  ]);
  close();
  assertEquals((await running.ended()).code, 0);
});

testInFolder("run --resume: in a pipe, what comes behind the last record comes again", 0, async (program, place) => {
  const args = ["run", `${jobs}/echo.js`, "-q", "-j1"];
  const journal = `${place.folder}/journal`;
  const input = "1\n2\n3\n";
  assertEquals((await run(program, [...args, "--journal", journal], { input })).stdout, input);
  const [head, begun] = place.text("journal").split("\n");
  place.write("journal", `${head}\n${begun}\n{"done":[0,1],"failed":[],"bytes":2}\n{"do`);
  assertEquals((await run(program, [...args, "--resume", journal], { input })).stdout, "2\n3\n");
});

/** The same program where no file may be longer than that many blocks of 512 bytes, or of 1 KiB if sh is bash. */
function withSmallFiles({ name, command }: Program, blocks: number): Program {
  return { name, command: ["sh", "-c", `trap "" XFSZ; ulimit -f ${blocks}; exec "$@"`, "sh", ...command] };
}
