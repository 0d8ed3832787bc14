import { assertEquals, assertMatch } from "@std/assert";
import { ClosedPipe, JournalError, OutputError, UsageError } from "../../lib/errors.ts";
import { longHelp, programHelp, shortHelp } from "../../lib/cli/table/help.ts";
import { tool } from "../../lib/tool.ts";
import { inFolder } from "./in_folder.ts";
import { mainCalled, type MainSurroundings, testTable } from "./main_called.ts";
import { testSession } from "./test_session.ts";

/** What each command line runs: the command, the values that are given, and its operands. */
async function runs(line: string, { variables }: MainSurroundings = {}): Promise<unknown> {
  const { table, ran } = testTable();
  const { code, stderr } = await mainCalled(line.split(" ").filter((arg) => arg !== ""), table, { variables });
  assertEquals([code, stderr], [0, ""], line);
  return ran.map(({ name, operands, session }) => [name, session.call.given, ...operands]);
}

/** The message of a command line that is refused; it runs nothing. */
async function refusal(args: readonly string[]): Promise<string> {
  const { table, ran } = testTable();
  const { code, stdout, stderr } = await mainCalled(args, table);
  assertEquals([code, stdout, ran], [2, "", []]);
  assertMatch(stderr, /^tandem: [^\n]+\n$/);
  return stderr.slice("tandem: ".length, -1);
}

/** The end of the program whose command fails so. */
async function failing(error: unknown, surroundings?: MainSurroundings, args: readonly string[] = []) {
  const { table } = testTable(() => Promise.reject(error));
  const { code, stdout, stderr } = await mainCalled(args, table, surroundings);
  return { code, stdout, stderr };
}

Deno.test("main: the command that is named, wherever its flags stand; the default one where none is named", async () => {
  assertEquals(await runs(""), [["streams", {}]]);
  assertEquals(await runs("scale job.js"), [["scale", {}, "job.js"]]);
  assertEquals(await runs("scale --up-to 3 job.js"), [["scale", { upTo: 3 }, "job.js"]]);
  for (
    const line of ["--take 3 streams job.js", "--take=3 streams job.js", "-n 3 streams job.js", "-n3 streams job.js"]
  ) {
    assertEquals(await runs(line), [["streams", { take: 3 }, "job.js"]], line);
  }
  assertEquals(await runs("--color always --up-to 3 scale"), [["scale", { color: "always", upTo: 3 }]]);
  assertEquals(await runs("--take 3 --json"), [["streams", { take: 3, json: true }]]);
});

Deno.test("main: behind -- nothing is a flag, of the program itself neither", async () => {
  for (const operand of ["--version", "-V", "--help", "-h", "--nosuch"]) {
    assertEquals(await runs(`streams -- ${operand}`), [["streams", {}, operand]]);
  }
});

Deno.test("main: the command's code, its values with defaults, the permissions that it needs, and its machine", async () => {
  const { table, ran } = testTable(() => Promise.resolve(4));
  const called = await mainCalled(["streams", "--color=never", "job.js"], table);
  assertEquals([called.code, called.did], [4, ["listen", "color never", "keep read env"]]);
  const [{ values, session }] = ran;
  assertEquals([values.take, values.color, values.only], [20, "never", []]);
  assertEquals(session.call.shownOnly.toSorted(), ["color", "help", "json", "showConfig", "version"]);
  assertEquals((await session.machine()).os, Deno.build.os);
});

Deno.test("main: a command that describes the machine knows the limits of its container", async () => {
  const { table, ran } = testTable();
  assertEquals((await mainCalled(["--take=1"], table)).did, ["listen", "color auto", "keep sys"]);
  await mainCalled(["--take=2"], table);
  const [limited, other] = await Promise.all(ran.map(({ session }) => session.machine()));
  assertEquals([limited.memoryBytes, limited.freeBytes, limited.usableCores], [1_000, 600, 1]);
  assertEquals(ran.map(({ session }) => session.cores), [1, testSession().session.cores]);
  assertEquals(other.memoryBytes, Deno.systemMemoryInfo().total);
});

Deno.test("main: a command that fits the cores knows the quota of its container", async () => {
  const { table, ran } = testTable();
  await mainCalled(["--take=3"], table);
  assertEquals(ran.map(({ session }) => session.cores), [1]);
});

Deno.test("main: what tells the pressure on the machine is opened before permissions are given up, and closed at the end", async () => {
  const { table, ran } = testTable((session) => Promise.resolve(session.pressure === undefined ? 0 : 3));
  const { code, did } = await mainCalled(["--take=4"], table);
  assertEquals([code, did], [3, ["listen", "color auto", "open pressure", "keep read", "close pressure"]]);
  assertEquals(ran.map(({ session }) => session.pressure?.read(1).load), [0.5]);
});

Deno.test("main: variables give values, the command line stronger ones", async () => {
  const variables = { TANDEM_TAKE: "3", TANDEM_UP_TO: "4" };
  assertEquals(await runs("", { variables }), [["streams", { take: 3 }]]);
  assertEquals(await runs("--take 5 --json", { variables }), [["streams", { take: 5, json: true }]]);
  assertEquals(await runs("scale", { variables }), [["scale", { upTo: 4 }]]);
  assertEquals(await runs("help scale", { variables: { TANDEM_COLOR: "pink" } }), [["help", {}, "scale"]]);
});

Deno.test("--show-config: the values and what gives them; nothing is run or given up", async () => {
  const { table, ran } = testTable();
  const { code, stdout, did } = await mainCalled(["--show-config", "--json"], table, {
    variables: { TANDEM_TAKE: "3" },
  });
  assertEquals([code, ran, did], [0, [], ["listen", "color auto"]]);
  assertMatch(stdout, /^--take +3 +TANDEM_TAKE\n/);
  assertMatch(stdout, /\n--json +true +command line\n/);
});

Deno.test("--version, -V: at once, for people or as JSON", async () => {
  for (const args of [["--version"], ["-V"], ["-V", "--", "a"], ["streams", "--nosuch", "-V"]]) {
    const { code, exact, stderr, did } = await mainCalled(args);
    assertEquals([code, exact, stderr, did], [0, `tandem ${tool.version}\n`, "", []]);
  }
  const { code, exact } = await mainCalled(["--json", "--version"]);
  assertEquals([code, JSON.parse(exact)], [0, tool]);
});

Deno.test("--help, -h: the help of the command that is named, else of the program; whatever else is said", async () => {
  const { table, ran } = testTable();
  const [streams, scale] = await table.loadCommands();
  const shown = async (line: string) => {
    const { code, stdout, stderr, did } = await mainCalled(line.split(" "), table);
    assertEquals([code, stderr, did], [0, "", ["listen"]], line);
    return stdout;
  };
  for (const line of ["streams --help", "--help streams", "streams --nosuch --help -h", "--take 3 streams --help"]) {
    assertEquals(await shown(line), longHelp(streams, 80), line);
  }
  assertEquals(await shown("scale job.js -h"), shortHelp(scale, 80));
  const program = programHelp(await table.loadCommands(), 80);
  for (const line of ["--help", "-h", "help --help", "nosuch --help"]) assertEquals(await shown(line), program, line);
  assertEquals(ran, []);
});

Deno.test("main: a command that there is not: the closest one, or run for what looks like a job", async () => {
  assertEquals(await refusal(["strems"]), 'unknown command "strems". Did you mean streams? See: tandem help');
  assertEquals(await refusal(["xyz"]), 'unknown command "xyz". See: tandem help');
  for (const job of ["@primes", "job.js", "a/job.ts", "job.mjs", "job.cts", "job.tsx"]) {
    assertEquals(await refusal([job]), `unknown command "${job}". Did you mean tandem run ${job}? See: tandem help`);
  }
  assertMatch(await refusal(["exit-codes"]), /^unknown command "exit-codes". Did you mean tandem help exit-codes\?/);
  assertMatch(await refusal(["version"]), /^unknown command "version". Did you mean tandem --version\?/);
  assertMatch(await refusal(["my job.ts"]), /Did you mean tandem run 'my job.ts'\?/);
  assertMatch(await refusal(["--take", "3", "job.json"]), /^unknown command "job.json"\. See/);
});

Deno.test("main: a usage error names where other values come from: one of them may be what is wrong", async () => {
  const error = new UsageError("no");
  assertEquals((await failing(error)).stderr, "tandem: no\n");
  assertEquals((await failing(error, {}, ["--take=3"])).stderr, "tandem: no\n");
  const variables = { TANDEM_TAKE: "3", TANDEM_JSON: "1" };
  assertEquals(
    await failing(error, { variables }),
    { code: 2, stdout: "", stderr: "tandem: no (values also come from TANDEM_TAKE, TANDEM_JSON; see --show-config)\n" },
  );
  await inFolder({ "tandem/config.jsonc": "{}" }, async (folder) => { // which gives nothing
    const around = { variables: { XDG_CONFIG_HOME: folder }, files: [`${folder}/tandem/config.jsonc`] };
    assertEquals((await failing(error, around)).stderr, "tandem: no\n");
  });
  assertEquals(
    (await failing(new OutputError("stdout", "full", "stop"), { variables })).stderr,
    "tandem: cannot write to stdout: full; stop\n",
  );
});

Deno.test("main: a failure is its code and one line, with what to do, that a terminal does not obey", async () => {
  assertEquals(await failing(new JournalError("j", "full", "journal-not-written")), {
    code: 3,
    stdout: "",
    stderr: "tandem: j: full; then resume: --resume j\n",
  });
  assertEquals(await failing(new OutputError("stdout", "a\n  b\n\nc \x1b[31m", "d")), {
    code: 3,
    stdout: "",
    stderr: "tandem: cannot write to stdout: a b c \\u{1b}[31m; d\n",
  });
});

Deno.test("main: anything else is a bug of ours, with its stack", async () => {
  const { code, stderr } = await failing(new RangeError("off by one"));
  assertEquals(code, 70);
  assertMatch(stderr, /^tandem: internal error, please report it: RangeError: off by one\n +at /);
  assertEquals(await failing("a text \x1b[31m"), {
    code: 70,
    stdout: "",
    stderr: "tandem: internal error, please report it: a text \\u{1b}[31m\n",
  });
});

Deno.test("main: a reader that has gone is no failure, of the results nor of the message", async () => {
  assertEquals(await failing(new ClosedPipe()), { code: 0, stdout: "", stderr: "" });
  const { table } = testTable(() => Promise.reject(new UsageError("no")));
  const stderr = { ...testSession().stderr, write: () => Promise.reject(new ClosedPipe()) };
  assertEquals((await mainCalled([], table, { stderr })).code, 2);
});

Deno.test("main: stopped from outside, the end is by the signal, whether the command came to its end or failed of that", async () => {
  for (const end of [() => Promise.resolve(1), () => Promise.reject(new UsageError("no"))]) {
    const controller = new AbortController();
    const { table, ran } = testTable(() => (controller.abort(), end()));
    const { code, stderr } = await mainCalled([], table, { stop: { signal: controller.signal, code: 130 } });
    assertEquals([code, stderr, ran[0].session.stop === controller.signal], [130, "", true]);
  }
});
