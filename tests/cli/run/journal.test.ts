import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { seededRandom } from "../../../lib/stats/random.ts";
import { call, type Called, failingCall } from "../in_process.ts";
import { OutputFile } from "../test_session.ts";
import { goOnFlags, numberedLines } from "./killed_run.ts";

const jobs = "tests/fixtures/jobs";
const [slowOrFailing, echo] = [`${jobs}/slow_or_failing.js`, `${jobs}/echo.js`];

/** A folder with files, and a run in it: its input, and the file that its output is appended to. */
class Place implements AsyncDisposable {
  readonly folder = Deno.makeTempDirSync();
  readonly output = new OutputFile();

  constructor(readonly args: readonly string[], public input: string) {}

  text(name: string): string {
    return Deno.readTextFileSync(`${this.folder}/${name}`);
  }

  write(name: string, text: string): void {
    Deno.writeTextFileSync(`${this.folder}/${name}`, text);
  }

  /** Runs with these flags too. In arguments, @@ stands for the folder; in messages, it is left out. */
  run(...flags: readonly string[]): Promise<Called> {
    return this.#call(call, flags);
  }

  /** The same of a run that gives up; it writes one line and leaves the output as it is. */
  refused(...flags: readonly string[]): Promise<string> {
    return this.refusedWith(2, ...flags);
  }

  async refusedWith(exitCode: number, ...flags: readonly string[]): Promise<string> {
    const output = this.output.text;
    const { code, stderr } = await this.#call(failingCall, flags);
    assertEquals([code, stderr.split("\n").length, this.output.text], [exitCode, 2, output], stderr);
    return stderr;
  }

  async #call(how: typeof call, flags: readonly string[]): Promise<Called> {
    const args = [...this.args, ...flags].map((arg) => arg.replace("@@", `${this.folder}/`));
    const called = await how(["run", ...args], { stdin: this.input, output: this.output });
    return { ...called, stderr: called.stderr.replaceAll(`${this.folder}/`, "") };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Deno.remove(this.folder, { recursive: true });
  }
}

Deno.test("run --resume, --journal: from any byte of the journal; line and index stay those of the input", async () => {
  const flags = ["-j2", "--tasks=4", "-q", "--tag", "--shard=1/3", "--limit=80"];
  await using place = new Place([slowOrFailing, ...flags], numberedLines(300));
  const random = seededRandom(5);
  await place.run("--journal=@@journal");
  const [output, journal] = [place.output.text, place.text("journal")];
  for (let round = 0; round < 12; round++) {
    const cut = round === 0 ? 0 : Math.floor(random() * (journal.length + 1));
    place.write("journal", journal.slice(0, cut));
    const hadBegun = cut > journal.indexOf("\n", journal.indexOf("begun")); // with the end of its line
    place.output.text = hadBegun ? `${output}torn` : "";
    const { code, stderr } = await place.run(`${goOnFlags[round % 2]}=@@journal`);
    assertEquals(code, 1, `cut at ${cut}: ${stderr}`);
    const expected = journal.slice(0, cut).includes('"last"') ? /* nothing is looked at */ `${output}torn` : output;
    assertEquals(place.output.text, expected, `cut at ${cut}`);
  }
  const records = output.trim().split("\n").map((line) => JSON.parse(line));
  const items = numberedLines(300).split("\n").map((line, i) => ({ line: i + 1, text: line.trim() }))
    .filter(({ text }) => text);
  for (const { line, value: { index, n } } of records) {
    assertEquals([items[index].line, items[index].text, index % 3], [line, `{"n":${n}}`, 1]);
  }
  assert(records.length > 60, `${records.length}`);
});

Deno.test("run --resume, --journal: refuse another job, other flags, a shorter output; nothing is touched", async () => {
  await using place = new Place(["@@job.js", "-q"], numberedLines(200));
  place.write("part.js", "export const add = 1;");
  place.write("job.js", 'import { add } from "./part.js"; export default ({ n }) => n + add;');
  await place.run("--journal=@@journal");
  const output = place.output.text;
  // As if it had been killed just before its end.
  place.write("journal", place.text("journal").replace(',"last":true', ""));
  const journal = place.text("journal");
  const refuses = async (found: RegExp | string, ...flags: string[]) => {
    for (const goOnFlag of goOnFlags) {
      const stderr = await place.refused(`${goOnFlag}=@@journal`, ...flags);
      if (typeof found === "string") assertEquals(stderr, found);
      else assertMatch(stderr, found);
      assertEquals(place.text("journal"), journal);
    }
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
    await refuses(
      `tandem: journal: it was made with ${before}, but this run has ${now}, or name a new journal\n`,
      flag,
    );
  }
  place.write("part.js", "export const add = 2;");
  await refuses(
    /: the job, or a module that it imports, has changed since \(SHA-256 [0-9a-f]{12}, now SHA-256 [0-9a-f]{12}\); undo/,
  );
  place.write("part.js", "export const add = 1;");

  place.output.text = output.slice(0, 10);
  await refuses(
    /^tandem: journal: the output file has 10 bytes, but \d+ were written to it; append to the same file with >>/,
  );
});

Deno.test("run --resume, --journal: an input that has changed is found before anything runs or is written", async () => {
  await using place = new Place([slowOrFailing, "-q"], numberedLines(200));
  await place.run("--journal=@@journal");
  const input = place.input;
  const journal = place.text("journal").replace(',"last":true', "");
  place.write("journal", journal);
  for (
    const [changed, found] of [
      [
        input.replace("10", "11"),
        /the input has changed: its first \d+ bytes differ from those that were read before \(SHA-256 [0-9a-f]{12}, now [0-9a-f]{12}\);/,
      ],
      [input.slice(0, -20), /the input is too short: it has \d+ bytes, but \d+ were read before;/],
    ] as const
  ) {
    place.input = changed;
    for (const flag of goOnFlags) {
      assertMatch(await place.refused(`${flag}=@@journal`), found);
      assertEquals(place.text("journal"), journal);
    }
  }
});

Deno.test("run --journal: not over another file, not two of the flags", async () => {
  await using place = new Place([slowOrFailing, "-q"], numberedLines(20));
  place.write("notes", "keep me\n");
  for (const flag of ["--journal", "--resume", "--retry-failed"]) {
    assertMatch(await place.refused(`${flag}=@@notes`), /notes: is not a journal;/);
  }
  assertMatch(await place.refused("--resume=@@none"), /none: this journal does not exist; to create one: --journal\n/);
  assertMatch(await place.refused("--journal=@@a", "--resume=@@b"), /--journal and --resume exclude each other/);
  assertMatch(await place.refused("--journal=@@no/such/folder"), /no\/such\/folder: cannot be opened: /);
  assertEquals(place.text("notes"), "keep me\n");
});

Deno.test("run --journal: the same line begins, goes on and ends; it says which, and --quiet does not", async () => {
  await using place = new Place([echo, "-j1", "--journal=@@j"], "1\nx\n3\n");
  const started = async () => (await place.run()).stderr.split("\n")[0];
  place.output.text = "0\n";
  assertEquals(await started(), "new journal j; results go after the 2 bytes that the output has");
  const [head, begun] = place.text("j").split("\n");
  place.write("j", `${head}\n${begun}\n{"done":[0,2],"failed":[1,1],"bytes":2}\n{"do`);
  place.output.text = "0\n1\ntorn";
  assertEquals(await started(), "goes on with journal j: 2 items done, 1 of them failed");
  const complete = place.text("j");
  const end = "journal j is complete: 3 items done, 1 of them failed; only lines added since then run";
  assertEquals(await started(), end);
  assertEquals(await place.run("-q"), { code: 1, stdout: "", stderr: "" });
  assertEquals(place.output.text, "0\n1\n3\n");
  assertEquals(place.text("j").startsWith(complete), true);
  place.input += "4\n";
  assertEquals(await started(), end);
  assertEquals(place.output.text, "0\n1\n3\n4\n");
});

Deno.test("run --journal: an output that > has emptied is refused, also after the run's end", async () => {
  await using place = new Place([echo, "-q", "--journal=@@j"], "1\n2\n");
  assertEquals((await place.run()).code, 0);
  place.output.text = "";
  for (const journal of [place.text("j"), place.text("j").replace(',"last":true', "")]) {
    place.write("j", journal);
    assertEquals(
      await place.refused(),
      "tandem: j: the output file has 0 bytes, but 4 were written to it; append to the same file with >>, not with >, or name a new journal\n",
    );
    assertEquals(place.text("j"), journal);
  }
});

Deno.test("run --journal: another program that writes to the output is found", async () => {
  await using place = new Place([], "");
  const other = new TextEncoder().encode("of another shard\n");
  const { code, stderr } = await failingCall(["run", echo, "-q", "-j1", `--journal=${place.folder}/j`], {
    stdin: "1\n2\n",
    output: place.output,
    onWrite: ({ stdout }) => stdout !== "" && place.output.append(other),
  });
  assertEquals(code, 2);
  assertMatch(
    stderr,
    /: the output file has \d+ bytes that this run has not written; with a journal, each run needs an/,
  );
  assertEquals(place.text("j").includes('"last"'), false);
});

Deno.test("run --journal: texts of the command line that are not ASCII", async () => {
  await using place = new Place([echo, "-q", "--input=csv", "--header=größe,名前,𝒳"], "1,2,3\n4,5,6\n");
  for (let i = 0; i < 3; i++) {
    const { code, stderr } = await place.run("--journal=@@j");
    assertEquals([code, stderr], [0, ""]);
    for (const line of place.text("j").trimEnd().split("\n")) JSON.parse(line);
  }
  assertEquals(place.output.text.split("\n").length, 3);
});

Deno.test("run --journal: another run that writes to it is in its way", async () => {
  await using place = new Place([echo, "-q"], "1\n");
  using file = Deno.openSync(`${place.folder}/journal`, { write: true, create: true });
  file.lockSync(true);
  for (const flag of [...goOnFlags, "--retry-failed"]) {
    assertEquals(
      await place.refusedWith(75, `${flag}=@@journal`),
      "tandem: journal: another run is writing to it; wait until it ends, or choose another name\n",
    );
  }
});

Deno.test("run --journal: a job that does not load leaves the journal as it is, and free", async () => {
  await using place = new Place([`${jobs}/no_default.js`, "-q"], "1\n");
  assertStringIncludes(await place.refused("--journal=@@journal"), "has no default export");
  assertEquals(place.text("journal"), "");
  using file = Deno.openSync(`${place.folder}/journal`, { write: true });
  assert(file.tryLockSync(true));
});

Deno.test("run --resume: a run that is done writes nothing more; lines added later are run", async () => {
  await using place = new Place([slowOrFailing, "-q"], numberedLines(20));
  assertEquals((await place.run("--journal=@@journal")).code, 1);
  const output = place.output.text;
  for (let i = 0; i < 2; i++) {
    assertEquals(await place.run("--resume=@@journal"), { code: 1, stdout: "", stderr: "" });
    assertEquals(place.output.text, output);
  }
  place.input += '{"n":500}\n';
  await place.run("--resume=@@journal");
  assertEquals(place.output.text, `${output}{"n":500,"index":19}\n`);
});

Deno.test("run --resume: the summary counts what was done before", async () => {
  await using place = new Place([echo, "-j1"], "1\nx\n3\n");
  const first = await place.run("--journal=@@journal", "--limit=2");
  assertMatch(
    first.stderr,
    /^new journal journal\n\{"line":2,[^\n]+\ndone: 1 ok, 1 failed \(exit 1\) · [^\n]+\nAgain: [^\n]+\n$/,
  );
  const { code, stderr } = await place.run("--resume=@@journal", "--limit=2");
  assertEquals(code, 1);
  assertMatch(stderr, /^done: 0 ok, 0 failed \(exit 1\) · [^\n]+ · before: 1 ok, 1 failed\nAgain: [^\n]+\n$/);
});

Deno.test("run --retry-failed: only those, with their lines, also by a fixed job", async () => {
  const input = Array.from({ length: 50 }, (_, i) => `${i}\n`).join("\n");
  await using place = new Place(["@@job.js", "--tag", "--mode=serial"], input);
  place.write("job.js", "export default (n) => { if (n % 10 === 0) throw new Error('ten'); return n; }");
  const first = await place.run("--journal=@@my journal");
  assertMatch(
    first.stderr,
    /\nAgain: tandem run job\.js --mode serial --tag --retry-failed '[^']*my journal' < the same input\n$/,
  );
  const retry = async () => {
    place.output.text = "";
    return await place.run("--retry-failed=@@my journal");
  };
  assertStringIncludes((await retry()).stderr, "done: 0 ok, 5 failed (exit 1)");
  place.write("job.js", "export default (n) => { if (n === 20) throw new Error('twenty'); return -n; }");
  const second = await retry();
  assertStringIncludes(second.stderr, '{"line":41,"error":{"name":"Error","message":"twenty"}}\ndone: 4 ok, 1 failed');
  assertEquals(
    place.output.text,
    [0, 10, 30, 40].map((n) => `{"line":${2 * n + 1},"value":${-n || 0}}\n`).join(""),
  );
  place.write("job.js", "export default (n) => n;");
  assertEquals((await retry()).code, 0);
  assertEquals(place.output.text, '{"line":41,"value":20}\n');
  assertEquals((await retry()).code, 0);
  assertEquals(place.output.text, "");
  const other = await place.refused("--limit=5", "--retry-failed=@@my journal");
  assertMatch(other, /it was made with limit = none, but this run has limit = 5; give the same flags, see --limit/);
});

Deno.test("run --retry-failed: not before the run has come to its end", async () => {
  await using place = new Place([slowOrFailing, "-q", "--fail-fast"], numberedLines(200));
  assertEquals((await place.run("--journal=@@journal")).code, 1);
  assertEquals(
    await place.refused("--retry-failed=@@journal"),
    "tandem: journal: its run has not finished; resume it first: --resume\n",
  );
});

Deno.test("run --journal: files as operands; how lines are spread over files does not matter", async () => {
  await using place = new Place([echo, "-j2", "-q", "--input=lines"], "1\n2\n3\n4\n5\n");
  place.write("a", "1\n2"); // no newline at its end
  place.write("b", "3\n4\n");
  assertEquals((await place.run("--journal=@@journal", "@@a", "@@b")).code, 0);
  assertEquals((await place.run("--resume=@@journal")).code, 0);
  assertEquals(place.output.text, '"1"\n"2"\n"3"\n"4"\n"5"\n');
  assertMatch(await place.refused("--resume=@@journal", "@@b", "@@a", "-"), /the input has changed/);
});

Deno.test("run --resume: error records of several files among the results stay those of their files", async () => {
  await using place = new Place([slowOrFailing, "-j2", "-q", "--errors=inline", "@@a", "@@b"], "");
  place.write("a", numberedLines(20));
  place.write("b", numberedLines(30));
  await place.run("--journal=@@journal");
  const [output, journal] = [place.output.text, place.text("journal")];
  assertStringIncludes(output, '/b:27","error"');
  const entries = journal.trimEnd().split("\n");
  for (let kept = entries.length - 1; kept > 2; kept--) { // without the last one: nothing is looked at behind it
    place.write("journal", `${entries.slice(0, kept).join("\n")}\n`);
    place.output.text = `${output}torn`;
    const { code, stderr } = await place.run("--resume=@@journal");
    assertEquals([code, stderr, place.output.text], [1, "", output], `${kept} entries`);
  }
});

Deno.test("run --resume: in a pipe, what comes behind the last record comes again", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const args = ["run", echo, "-q", "-j1"];
    const journal = `${folder}/journal`;
    const stdin = "1\n2\n3\n";
    assertEquals((await call([...args, "--journal", journal], { stdin })).stdout, stdin);
    const [head, begun] = Deno.readTextFileSync(journal).split("\n");
    Deno.writeTextFileSync(journal, `${head}\n${begun}\n{"done":[0,1],"failed":[],"bytes":2}\n{"do`);
    assertEquals((await call([...args, "--resume", journal], { stdin })).stdout, "2\n3\n");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("run --journal: how a stopped run goes on, and what became of its items", async () => {
  await using place = new Place([echo, "-j1", "--tasks=1"], "1\n");
  const stop = new AbortController();
  async function* input() {
    yield "1\n2\n";
    await new Promise<void>((resolve) => stop.signal.addEventListener("abort", () => resolve()));
  }
  const journal = `${place.folder}/journal`;
  const { stderr } = await call(["run", echo, "-j1", "--tasks=1", "--journal", journal], {
    stdin: input(),
    output: place.output,
    stop: stop.signal,
    onWrite: ({ stdout }) => stdout === "1\n2\n" && stop.abort(),
  });
  assertMatch(
    stderr,
    /^new journal \S+\nstopped: 2 ok, 0 failed · [^\n]+\nContinue: tandem run [^\n]+ < the same input >> the same output\n$/,
  );
  place.input = "1\n2\n3\n";
  const { code } = await place.run("--resume=@@journal");
  assertEquals([code, place.output.text], [0, "1\n2\n3\n"]);
});

Deno.test("run --max-failures: the summary has the command that goes on behind the last item", async () => {
  await using place = new Place([slowOrFailing, "-j1", "--tasks=4"], numberedLines(200));
  const { code, stderr } = await place.run("--journal=@@journal", "--max-failures=3");
  assertEquals(code, 1);
  assertMatch(stderr, /\ntoo many failures \(--max-failures\): \d+ ok, 4 failed \(exit 1\) · /);
  assertMatch(
    stderr,
    /\nContinue: tandem run .* --max-failures 3 --resume journal < the same input >> the same output\n$/,
  );
  const resumed = await place.run("--resume=@@journal");
  assertMatch(resumed.stderr, /\ndone: \d+ ok, \d+ failed \(exit 1\) · .* ·\s+before: \d+ ok, 4 failed\n/);
  const output = place.output.text;
  place.output.text = "";
  await place.run("-q");
  assertEquals(output, place.output.text);
});
