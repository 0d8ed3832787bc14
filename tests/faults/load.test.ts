import { assertEquals, assertMatch } from "@std/assert";
import { isExecutable, spawn } from "../cli/programs.ts";
import { inShell, testFault, unix } from "./fault.ts";

const row = "missing file, syntax error, throws at load, no default export, wrong kind, load never ends";

/** Runs the rest of the input through `cat`: what is missing there has been read. */
const thenRest = inShell('"$@"; code=$?; cat; exit $code');
const input = '"nobody"\n"read this"\n';
const expected = "a job's default export is a function or a generator function: ";

const cases: readonly (readonly [name: string, code: string, found: RegExp])[] = [
  ["syntax error", "export default function (i) {\n  return i +;\n}", /cannot be loaded: SyntaxError: .* \(line 2\)$/],
  ["throws at load", '\nthrow new RangeError("no luck");', /it threw RangeError: no luck \(line 2\)$/],
  ["missing import", 'import "./nosuch.js";', /imports .*nosuch\.js, which does not exist/],
  [
    "no default export",
    "export function square() {}",
    /no default export, only square \(did you mean: export default square/,
  ],
  ["wrong kind", "export default { run() {} }", new RegExp(`is an object; ${RegExp.escape(expected)}`)],
  ["class", "export default class {}", new RegExp(`is a class; ${RegExp.escape(expected)}`)],
  [
    "setup that throws",
    'export default () => 1; export function setup() { throw new Error("no luck"); }',
    /its setup failed: Error: no luck/,
  ],
];

for (const [i, [name, text, found]] of cases.entries()) {
  const isolate = i % 2 === 0 ? "--isolate=worker" : "--isolate=process"; // the same code refuses it
  testFault(row, `${name}: one message, exit 2, no line is read`, async ({ run, folder }) => {
    const { code, stdout, stderr } = await run(text, [isolate], { input, wrap: thenRest });
    assertEquals([code, stdout, stderr.trim().split("\n").length], [2, input, 1], stderr);
    assertMatch(stderr.trim(), found);
    assertMatch(stderr, new RegExp(`^tandem: ${RegExp.escape(folder)}/job\\.js: `));
  }, !unix);
}

testFault(row, "missing file: one message, exit 2, no line is read", async ({ program, folder }) => {
  for (
    const [path, found] of [["nosuch.js", /no such file .*; name a module/], ["", /a folder; name a module in it/]]
  ) {
    const running = spawn(program, ["run", `${folder}/${path}`], { input, wrap: thenRest });
    const { code, stdout, stderr } = await running.ended();
    assertEquals([code, stdout, stderr.trim().split("\n").length], [2, input, 1], stderr);
    assertMatch(stderr, found as RegExp);
  }
}, !unix);

const endless = {
  await: ["await new Promise(() => {});", "worker"],
  "busy loop": ["while (true);", "worker", "process"],
  setup: ["export async function setup() { await new Promise(() => {}); }", "process"],
};

for (const [name, [text, ...isolates]] of Object.entries(endless)) {
  for (const isolate of isolates.map((isolate) => `--isolate=${isolate}`)) {
    const job = `${text} export default () => 1;`;

    testFault(row, `load never ends, ${name}, ${isolate}: Ctrl-C ends it`, async ({ desk, grants, spawn }) => {
      const told = `${desk.code} note("loading"); ${job}`;
      const running = spawn(told, [isolate, "-j1", ...grants], { input, wrap: inShell('exec "$@"') });
      await desk.noted();
      running.kill("SIGINT");
      const { code, stdout } = await running.ended();
      assertEquals([code, stdout], [130, ""]);
    }, !unix);

    testFault(row, `load never ends, ${name}, ${isolate}: exit 2 after a minute`, async ({ program, write, run }) => {
      const fast = "const slow = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = (ms) => slow(ms / 300);";
      const preload = write(fast, "fast.js");
      const [deno, sub, ...rest] = program.command;
      const minute = (command: readonly string[]) => [
        ...thenRest([deno, sub, "--preload", preload, ...rest]),
        ...command.slice(program.command.length),
      ];
      const { code, stdout, stderr } = await run(job, [isolate, "-j1"], { input, wrap: minute });
      assertEquals([code, stdout, stderr.trim().split("\n").length], [2, input, 1], stderr);
      assertMatch(stderr, /has not loaded within 60 s; does its top level, or setup, ever end\?/);
    }, isExecutable); // whose clock cannot be wound forward
  }
}
