import { assertEquals } from "@std/assert";
import { usedFiles } from "../../../lib/cli/run/used_files.ts";
import type { RunValues } from "../../../lib/cli/run/command.ts";

const builtin = { kind: "builtin", name: "primes" } as const;
const stdout = { name: "stdout", at: 1, written: true } as const;

/** Files beside stdout that a run with these flags uses. */
function filesOf(
  flags: Partial<RunValues>,
  inputs: readonly string[] = [],
  job: Parameters<typeof usedFiles>[3] = builtin,
  exported: Parameters<typeof usedFiles>[2] = [],
) {
  const [first, ...rest] = usedFiles(flags as RunValues, inputs, exported, job);
  assertEquals(first, stdout);
  return rest;
}

Deno.test("run's files: what its flags write, under the flag's name", () => {
  assertEquals(filesOf({}), []);
  const flags = [["journal", "--journal"], ["resume", "--resume"], ["retryFailed", "--retry-failed"], [
    "log",
    "--log",
  ]];
  for (const [key, flag] of flags) {
    const [file] = filesOf({ [key]: "f" }).filter(({ at }) => at !== 2);
    assertEquals(file, { name: `${flag} f`, at: "f", written: true });
  }
});

Deno.test("run's files: stderr is one where the output may be cut later", () => {
  const stderr = { name: "stderr", at: 2, written: true } as const;
  for (const key of ["journal", "resume"]) assertEquals(filesOf({ [key]: "f" })[0], stderr);
  for (const flags of [{ retryFailed: "f" }, { log: "f" }, {}]) {
    assertEquals(filesOf(flags).some(({ at }) => at === 2), false);
  }
});

Deno.test("run's files: those of its exports", () => {
  const exported = [{ name: "--export-json f", at: "/f", written: true }];
  assertEquals(filesOf({}, [], builtin, exported), exported);
});

Deno.test("run's files: what it reads: inputs, where - is stdin, a plan, and the job's module", () => {
  assertEquals(filesOf({}, ["a", "-", "/dev/stdin"]), [
    { name: "the input a", at: "a", written: false },
    { name: "stdin", at: 0, written: false },
    { name: "stdin", at: 0, written: false },
  ]);
  assertEquals(filesOf({ plan: "p" }), [{ name: "--plan p", at: "p", written: false }]);
  assertEquals(filesOf({}, [], { kind: "module", url: "file:///a%20b.js" }), [
    { name: "the job", at: "/a b.js", written: false },
  ]);
});
