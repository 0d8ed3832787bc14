import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { substitutes, toAscii } from "../../../lib/cli/terminal/ascii.ts";
import { output } from "../../../lib/cli/terminal/output.ts";
import { fakeMachine } from "../../bench/fake_machine.ts";
import { theory } from "../../claims/theory.ts";
import { call } from "../in_process.ts";
import { virtualClock } from "../../virtual_clock.ts";
import { programs, run, testEach } from "../programs.ts";

const ascii = { LC_ALL: "C" };
const utf8 = { LC_ALL: "C.UTF-8" };

/** Characters beyond ASCII. */
const foreign = (text: string) => [...text].filter((character) => character > "~");

/** Files of lib, as paths below it. */
function sources(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? sources(`${folder}/${name}`) : [`${folder}/${name}`]
  );
}

Deno.test("ASCII: everything that our code writes beyond ASCII has a substitute", async () => {
  const lib = import.meta.dirname!.replace(/tests\/cli\/terminal$/, "lib");
  const used = new Set<string>();
  for (const path of sources(lib)) {
    const code = (await Deno.readTextFile(path)).replace(/\/\*[^]*?\*\/|(?<=^|\s)\/\/ .*$/gm, "");
    for (const character of foreign(code)) used.add(character);
  }
  assert(used.has("×") && used.has("✔"), "nothing was found");
  assertEquals([...used].filter((character) => !Object.hasOwn(substitutes, character)), []);
});

Deno.test("ASCII: substitutes are ASCII, and other characters stay", () => {
  assertEquals(foreign(Object.values(substitutes).join("")), []);
  assertEquals(Object.values(substitutes).filter(({ length }) => length !== 1), []); // columns keep their width
  assertEquals(toAscii("threads 2×1 · 0.99…1.01 · käse"), "threads 2x1 | 0.99~1.01 | käse");
});

Deno.test("output: write is for people, writeExact and writeBytes change nothing", async () => {
  const written: string[] = [];
  const sink = {
    write: (bytes: Uint8Array) => (written.push(new TextDecoder().decode(bytes)), Promise.resolve(bytes.length)),
  };
  for (const unicode of [false, true]) {
    const out = output(sink, "test", { terminal: false, color: false, width: 80, unicode });
    await out.write("2×1");
    await out.writeExact("2×1");
    await out.writeBytes(new TextEncoder().encode("2×1"));
  }
  assertEquals(written, ["2x1", "2×1", "2×1", "2×1", "2×1", "2×1"]);
});

/** Texts for people: all of them have something beyond ASCII in a UTF-8 locale. */
const texts = [
  "explain threads-parallel",
  "help compare",
  "claims --rounds=1 tasks-no-parallelism",
  "compare @primes --rounds=1 --count=20",
  "run @primes --limit=20 --threads=1",
  "streams --take=2 --producer=task",
];

for (const line of texts) {
  Deno.test(`ASCII: ${line}`, async () => {
    const written = async (unicode: boolean) => {
      const isStreams = line.startsWith("streams");
      const machine = isStreams ? { clock: virtualClock() } : fakeMachine(theory);
      const style = { unicode, terminal: isStreams };
      const { code, stdout, stderr } = await call(line.split(" "), { ...machine, style });
      assertEquals(code, 0, stderr);
      return stdout + stderr;
    };
    assertEquals(foreign(await written(false)), []);
    assert(foreign(await written(true)).length > 0);
  });
}

testEach("ASCII locale: the locale decides", async (program) => {
  for (const args of [["compare", "--help"], ["run", "@noop", "--limit=20", "--threads=1"]]) {
    const { code, stdout, stderr } = await run(program, args, { env: ascii });
    assertEquals(code, 0, stderr);
    assertEquals(foreign(stdout + stderr), []);
    const unicode = await run(program, args, { env: utf8 });
    assert(foreign(unicode.stdout + unicode.stderr).length > 0, unicode.stdout + unicode.stderr);
  }
});

testEach("ASCII locale: a document and a job's results keep every character", async (program) => {
  const [name] = programs[0].command.slice(-1).map((main) => main.replace(/main\.ts$/, "tests/fixtures/jobs/echo.js"));
  const echoed = await run(program, ["run", name, "--quiet"], { env: ascii, input: '"2×1 … ä"\n' });
  assertEquals(echoed.stdout, '"2×1 … ä"\n');
  const failed = await run(program, ["run", name, "--quiet"], { env: ascii, input: "×\n" });
  assertStringIncludes(failed.stderr, "×");
  const folder = await Deno.makeTempDir({ prefix: "2×1 " });
  try {
    const exported = await run(program, ["run", name, `--journal=${folder}/j`, "--export-json=-", "--quiet"], {
      env: ascii,
      input: "",
    });
    assertStringIncludes(exported.stdout, `${folder}/j`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
