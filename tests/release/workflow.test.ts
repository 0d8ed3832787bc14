import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

const text = Deno.readTextFileSync(`${import.meta.dirname}/../../.github/workflows/release.yml`);
const ci = Deno.readTextFileSync(`${import.meta.dirname}/../../.github/workflows/ci.yml`);
const jobs = new Map(
  text.split(/^jobs:$/m)[1].split(/^ {2}(?=\w+:$)/m).slice(1).map((job) => [job.split(":")[0], job] as const),
);

/** The permissions of a job, by what they are for. */
function permissionsOf(name: string): Record<string, string> {
  const [, block = ""] = /^ {4}permissions:\n((?: {6}.*\n)+)/m.exec(jobs.get(name) ?? "") ?? [];
  return Object.fromEntries([...block.matchAll(/^ {6}([\w-]+): (\w+)/gm)].map(([, name, level]) => [name, level]));
}

Deno.test("release workflow: actions are pinned to commits, and say their version", () => {
  const used = [...text.matchAll(/\buses: (.*)$/gm)].map(([, action]) => action);
  assert(used.length >= 6);
  assertEquals(used.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action)), [
    "./.github/workflows/ci.yml", // our own checks, at the same commit
  ]);
});

Deno.test("release workflow: each job has the permissions that it needs, and the one that runs code of packages reads only", () => {
  assertMatch(text, /^permissions: \{\}$/m);
  assertEquals([...jobs.keys()].map((name) => [name, permissionsOf(name)]), [
    ["ok", { contents: "read" }],
    ["make", { contents: "read" }],
    ["publish", { contents: "write", "id-token": "write", attestations: "write" }],
  ]);
  assert(!/checkout|setup-node|\bnpx\b/.test(jobs.get("publish") ?? "checkout"));
});

Deno.test("release workflow: a release needs all checks, and a tag that is the version's", () => {
  assertMatch(text, /^ {4}tags: \["v\*"\]$/m);
  assertMatch(ci, /^ {2}workflow_call:$/m);
  assertStringIncludes(jobs.get("publish") ?? "", "needs: [ok, make]");
  assertStringIncludes(jobs.get("make") ?? "", 'task release "--tag=$GITHUB_REF_NAME"');
  const scripts = [...text.matchAll(/^ +- run: (.*)$/gm)].map(([, line]) => line);
  assertEquals(scripts.filter((line) => line.includes("${{")), []); // what a tag is named is no part of a script
});
