import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type ColorChoice,
  decideStyle,
  lineColumns,
  machineReader,
  openOutput,
  processSession,
  surroundings,
  untilReady,
} from "../../../lib/cli/terminal/terminal.ts";
import { inFolder } from "../in_folder.ts";
import { virtualClock } from "../../virtual_clock.ts";

type Variables = Readonly<Record<string, string>>;

/** The style of a stream with these variables. */
function styleWith(variables: Variables, { choice = "auto" as ColorChoice, terminal = true, columns = 0 } = {}) {
  return decideStyle(choice, { terminal, columns: () => columns || undefined, env: (name) => variables[name] });
}

Deno.test("style: --color, then NO_COLOR, then what forces colours, then CLICOLOR, then whether it is a terminal", () => {
  const colors = (terminal: boolean, ...settings: readonly Variables[]) =>
    settings.map((variables) => styleWith(variables, { terminal }).color);
  assertEquals(colors(true, {}, { CLICOLOR: "1" }, { TERM: "xterm" }, { NO_COLOR: "" }), [true, true, true, true]);
  assertEquals(colors(true, { NO_COLOR: "1" }, { CLICOLOR: "0" }, { TERM: "dumb" }), [false, false, false]);
  assertEquals(colors(false, {}, { CLICOLOR: "1" }, { FORCE_COLOR: "" }, { FORCE_COLOR: "0" }), [
    false,
    false,
    false,
    false,
  ]);
  assertEquals(
    colors(false, { FORCE_COLOR: "1" }, { CLICOLOR_FORCE: "1" }, { CLICOLOR_FORCE: "0", FORCE_COLOR: "3" }),
    [
      true,
      true,
      true,
    ],
  );
  assertEquals(colors(true, { NO_COLOR: "1", FORCE_COLOR: "1" }, { CLICOLOR: "0", FORCE_COLOR: "1" }), [false, true]);
  assertEquals(styleWith({ NO_COLOR: "1" }, { choice: "always", terminal: false }).color, true);
  assertEquals(styleWith({ FORCE_COLOR: "1" }, { choice: "never" }).color, false);
});

Deno.test("style: the width of the terminal, else COLUMNS, else 80", () => {
  assertEquals(
    [styleWith({ COLUMNS: "60" }, { columns: 100 }), styleWith({ COLUMNS: "60" })].map(({ width }) => width),
    [
      100,
      60,
    ],
  );
  for (const COLUMNS of ["", "0", "-60", "60.5", "no", "1e999"]) {
    assertEquals(styleWith({ COLUMNS }).width, 80, COLUMNS);
  }
  assertEquals([styleWith({}).width, styleWith({ COLUMNS: "1" }).width], [80, 1]);
});

Deno.test("style: UTF-8 by the first of LC_ALL, LC_CTYPE and LANG that is not empty", () => {
  const unicode = (variables: Variables) => styleWith(variables).unicode;
  const utf8 = ["C.UTF-8", "en_US.utf8", "de_DE.UTF-8@euro"].flatMap((locale): Variables[] => [
    { LC_ALL: locale, LC_CTYPE: "C", LANG: "C" },
    { LC_ALL: "", LC_CTYPE: locale, LANG: "C" },
    { LANG: locale },
  ]);
  for (const variables of utf8) assertEquals(unicode(variables), true, JSON.stringify(variables));
  const others: readonly Variables[] = [{ LC_ALL: "C", LC_CTYPE: "C.UTF-8", LANG: "C.UTF-8" }, {
    LC_CTYPE: "POSIX",
    LANG: "C.UTF-8",
  }, {
    LANG: "de_DE.ISO-8859-1",
  }];
  for (const variables of others) assertEquals(unicode(variables), false, JSON.stringify(variables));
  assertEquals(unicode({}), Deno.build.os !== "linux");
});

Deno.test("style: whether it is a terminal", () => {
  assertEquals([true, false].map((terminal) => styleWith({}, { terminal }).terminal), [true, false]);
});

Deno.test("lineColumns: the terminal's columns as they are now; none where it is dumb, or not a terminal", () => {
  let columns: number | undefined = 100;
  const around = (terminal: boolean, term: string) => ({
    terminal,
    columns: () => columns,
    env: (name: string) => name === "TERM" ? term : undefined,
  });
  const xterm = around(true, "xterm");
  assertEquals(lineColumns(xterm, 80), 100);
  columns = 50;
  assertEquals(lineColumns(xterm, 80), 50);
  columns = undefined;
  assertEquals(lineColumns(xterm, 80), 80);
  assertEquals(lineColumns(around(true, "dumb"), 80), undefined);
  assertEquals(lineColumns(around(false, "xterm"), 80), undefined);
});

/** Calls `use` while the console is that wide, or does not say how wide it is. */
function withConsole<T>(columns: number | undefined, use: () => T): T {
  const real = Deno.consoleSize;
  Deno.consoleSize = () => {
    if (columns === undefined) throw new Error("not a terminal");
    return { columns, rows: 24 };
  };
  try {
    return use();
  } finally {
    Deno.consoleSize = real;
  }
}

Deno.test("surroundings: a terminal's columns, if it says any; a pipe is not asked", () => {
  const columnsOf = (terminal: boolean, columns: number | undefined) =>
    withConsole(columns, () => surroundings({ isTerminal: () => terminal }).columns());
  assertEquals([columnsOf(true, 90), columnsOf(true, 0), columnsOf(true, undefined)], [90, undefined, undefined]);
  assertEquals(columnsOf(false, 90), undefined);
  assertEquals([true, false].map((terminal) => surroundings({ isTerminal: () => terminal }).terminal), [true, false]);
});

Deno.test("surroundings: variables as they are set", () => {
  const { env } = surroundings({ isTerminal: () => false });
  assertEquals([env("PATH"), env("TANDEM_NOSUCH")], [Deno.env.get("PATH"), undefined]);
});

Deno.test({
  name: "surroundings: a variable that may not be read counts as not set",
  permissions: { env: false },
  fn() {
    assertEquals(surroundings({ isTerminal: () => false }).env("PATH"), undefined);
  },
});

Deno.test("openOutput: the style of its stream, and a line's columns as they are now", () => {
  const columns = (terminal: boolean) => {
    const { style, lineColumns } = openOutput({ ...Deno.stdout, isTerminal: () => terminal }, "stdout", "always");
    return [style.terminal, style.color, style.width, withConsole(50, lineColumns)];
  };
  const dumb = Deno.env.get("TERM") === "dumb";
  assertEquals(withConsole(90, () => columns(true)), [true, true, 90, dumb ? undefined : 50]);
  assertEquals(withConsole(90, () => columns(false)).toSpliced(2, 1), [false, true, undefined]);
});

Deno.test("untilReady: repeats a call whose file is not ready, after longer and longer pauses; other errors are thrown", async () => {
  const pauses: number[] = [];
  const clock = { wait: (ms: number) => (pauses.push(ms), { done: Promise.resolve(), cancel() {} }) };
  let left = 7;
  const call = () => left-- > 0 ? Promise.reject(new Deno.errors.WouldBlock("full")) : Promise.resolve("written");
  assertEquals(await untilReady(call, clock), "written");
  assertEquals(pauses, [1, 2, 4, 8, 16, 16, 16]);
  await assertRejects(
    () => untilReady(() => Promise.reject(new Deno.errors.BrokenPipe()), clock),
    Deno.errors.BrokenPipe,
  );
});

Deno.test("processSession: what it is given, when the process began, its cores, runtime and permissions", () => {
  const { signal } = new AbortController();
  const clock = virtualClock();
  const call = { given: {}, operands: ["a"], shownOnly: [] };
  const session = processSession(call, "never", signal, clock);
  assert(session.stop === signal && session.clock === clock && session.call === call);
  assertEquals(session.began, { at: new Date(performance.timeOrigin), ms: 0 });
  assertEquals([session.cores, session.runtime], [
    navigator.hardwareConcurrency,
    { standalone: false, deno: Deno.version.deno },
  ]);
  assertEquals(session.query({ name: "read" }).state, "granted");
  assertEquals([session.stdout.style.color, session.stderr.style.color], [false, false]);
});

/** What tests/fixtures/session.ts knows of its streams where a shell leads them so. */
async function knownOf(folder: string, redirections: string, ...permissions: readonly string[]) {
  const fixture = new URL("../../fixtures/session.ts", import.meta.url).pathname;
  const deno = [Deno.execPath(), "run", "--quiet", "--no-check", "--frozen", "--cached-only", "--no-prompt"];
  const args = ["-c", `exec "$@" ${redirections}`, "sh", ...deno, ...permissions, fixture];
  const { stderr } = await new Deno.Command("sh", { args, cwd: folder, stdin: "null", stdout: "null" }).output();
  return JSON.parse(new TextDecoder().decode(stderr)) as unknown;
}

Deno.test({
  name: "processSession: files that stdin and stdout are, with all permissions and without any",
  ignore: Deno.build.os === "windows",
  async fn() {
    const identity = (path: string) => {
      const { dev, ino } = Deno.statSync(path);
      return { dev, ino };
    };
    // how far stdin has been read is not told without permissions
    for (const [permissions, left] of [[["--allow-all"], 5], [[], null]] as const) {
      await inFolder({ in: "12345", out: "before " }, async (folder) => {
        assertEquals(await knownOf(folder, "< in >> out", ...permissions), {
          stdin: { read: 3, length: left, terminal: false, identity: identity(`${folder}/in`) },
          stdout: { length: 14, cut: 3, identity: identity(`${folder}/out`) },
        });
        assertEquals(Deno.readTextFileSync(`${folder}/out`), "bef");
        assertEquals(await knownOf(folder, "< /dev/null | cat > out", ...permissions), {
          stdin: { read: null, length: null, terminal: false, identity: null },
          stdout: { length: null, cut: null, identity: null },
        });
      });
    }
  },
});

Deno.test("machineReader: the machine, within the limits of a container", async () => {
  const machine = await machineReader(undefined)();
  assertEquals([machine.os, machine.memoryBytes], [Deno.build.os, Deno.systemMemoryInfo().total]);
  assertEquals([machine.usableCores, machine.cpuQuota], [navigator.hardwareConcurrency, null]);
  const limited = await machineReader({ memory: { value: 1000, used: 400 }, cpuQuota: 0.5, cores: 1 })();
  assertEquals([limited.memoryBytes, limited.freeBytes], [1000, 600]);
  assertEquals([limited.usableCores, limited.cpuQuota], [1, 0.5]);
});
