import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Program } from "../cli/programs.ts";
import { numberLines, testFault, unix } from "./fault.ts";

const job = `
  import { ftruncateSync, writeSync } from "node:fs";
  import process from "node:process";
  export default (i) => {
    writeSync(1, "straight to 1\\n");
    process.stdout.write("by process.stdout\\n");
    try { ftruncateSync(1); } catch { /* a pipe */ }
    console.log("by console");
    return i;
  }`;

/**
 * What a job imports of node:fs by name cannot be replaced on Deno 2.6, the base of the executable here: `tandem help limits` says so
 * of writes to descriptor 1.
 */
const hasOldBase = ({ name }: Program) => name === "dist/tandem";

for (const isolate of ["process", "worker"]) {
  testFault("job writes to fd 1", `${isolate} isolation: it goes to stderr, results are unharmed`, async ({ run }) => {
    const input = numberLines(500);
    const { code, stdout, stderr } = await run(job, [`--isolate=${isolate}`, "-j2"], { input });
    assertEquals([code, stdout === input], [0, true], stderr.slice(0, 1_000));
    for (const said of ["straight to 1", "by process.stdout", "by console"]) {
      assertEquals(stderr.split(`${said}\n`).length - 1, 500, said);
    }
  }, (program) => !unix || isolate === "worker" && hasOldBase(program));
}

/** Reads of stdin; each is the body of a job that takes its bytes, or waits for them. */
const reads = {
  "fs.readSync": `(await import("./reads.js")).readSync(0, new Uint8Array(1e6))`,
  "fs.readFileSync": `process.getBuiltinModule("node:fs").readFileSync(0)`,
  "fs.createReadStream": `for await (const part of fs.createReadStream(null, { fd: 0 })) console.log(part.length)`,
  "process.stdin": `await new Promise((resolve) => process.stdin.on("data", resolve))`,
  "Deno.stdin": `await Deno.stdin.read(new Uint8Array(1e6))`,
};

for (const isolate of ["process", "worker"]) {
  for (const [name, body] of Object.entries(reads)) {
    testFault(
      "job reads stdin, itself or by a program that it starts",
      `${name} is refused, and takes no line (${isolate} isolation)`,
      async (scene) => {
        const { write, run } = scene;
        write(`export { readSync } from "node:fs";`, "reads.js");
        const code = `import * as fs from "node:fs"; export default async (i) => { if (i === 0) ${body}; return i; }`;
        const input = [0, ...Array(50_000).fill(7)].map((i) => `${i}\n`).join("");
        const ended = await run(code, [`--isolate=${isolate}`, "-j1"], { input });
        assertEquals([ended.code, ended.stdout.length], [1, input.length - 2], ended.stderr.slice(0, 1_000));
        if (hasOldBase(scene.program)) return; // there the message is Deno's own
        assertStringIncludes(ended.stderr, "is not for jobs: its lines are the items");
      },
      !unix,
    );
  }
}

testFault(
  "job reads stdin, itself or by a program that it starts",
  "a program gets none of the lines, and what it prints goes to stderr",
  async ({ run }) => {
    const code = `export default async (i) => {
      if (i === 0) await new Deno.Command("sh", { args: ["-c", "cat; echo printed"] }).spawn().status;
      return i;
    }`;
    const input = [0, ...Array(50_000).fill(7)].map((i) => `${i}\n`).join("");
    const { code: exit, stdout, stderr } = await run(code, ["--allow-run", "-j1"], { input });
    assertEquals(exit, 0, stderr);
    assert(stdout === input);
    assertStringIncludes(stderr, "printed\n");
  },
  !unix,
);
