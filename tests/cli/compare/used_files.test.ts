import { assertEquals } from "@std/assert";
import { usedFiles } from "../../../lib/cli/compare/used_files.ts";
import type { JobReference } from "../../../lib/model/item.ts";
import type { CompareValues } from "../../../lib/cli/compare/command.ts";

const builtin = { kind: "builtin", name: "primes" } as const;
const stdout = { name: "stdout", at: 1, written: true } as const;

function filesOf(
  items: string | undefined,
  planFile: string | undefined,
  jobs: readonly JobReference[] = [builtin],
) {
  return usedFiles({ items } as CompareValues, planFile, jobs);
}

Deno.test("compare's files: stdout, the items that it reads, and the plan that it writes", () => {
  assertEquals(filesOf(undefined, undefined), [stdout]);
  assertEquals(filesOf("items", "/plan"), [
    stdout,
    { name: "--items items", at: "items", written: false },
    { name: "--save-plan", at: "/plan", written: true },
  ]);
});

Deno.test("compare's files: - is stdin, or stdout", () => {
  for (const items of ["-", "/dev/stdin"]) {
    assertEquals(filesOf(items, "-"), [stdout, { name: `--items ${items}`, at: 0, written: false }]);
  }
});

Deno.test("compare's files: the modules of the jobs", () => {
  const jobs = ["file:///a%20b.js", "file:///old.js"].map((url) => ({ kind: "module", url }) as const);
  assertEquals(filesOf(undefined, undefined, jobs), [
    stdout,
    { name: "the job", at: "/a b.js", written: false },
    { name: "the job", at: "/old.js", written: false },
  ]);
});
