import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { JobError } from "../../lib/errors.ts";
import { openPool, type PoolOptions } from "../../lib/exec/pool.ts";
import { workerHost } from "../../lib/exec/worker_host.ts";
import { projectFolder } from "../../lib/jobs/project.ts";
import type { Outcome } from "../../lib/model.ts";

const none = { write: false, net: false, env: false, run: false, sys: false, ffi: false, import: false } as const;

function fixture(path: string): { url: string; path: string } {
  const url = new URL(`../fixtures/${path}`, import.meta.url);
  return { url: url.href, path: decodeURIComponent(url.pathname) };
}

function options(path: string, threads = 2, tasks = 3): PoolOptions {
  const { url, path: file } = fixture(path);
  const folder = projectFolder(file, undefined, (name) => {
    try {
      return !!Deno.statSync(name);
    } catch {
      return false;
    }
  });
  const host = workerHost({ ...none, read: [folder] });
  return { job: { kind: "module", url }, name: path, threads, tasks, host };
}

async function outcomes(path: string, items: Iterable<unknown>, threads = 2, tasks = 3): Promise<Outcome[]> {
  const pool = await openPool(options(path, threads, tasks));
  try {
    return await Array.fromAsync(pool.run(items));
  } finally {
    await pool.close();
  }
}

for (const [threads, tasks] of [[1, 1], [1, 8], [3, 1], [2, 4]]) {
  Deno.test(`pool ${threads}x${tasks}: every item has its outcome, in order`, async () => {
    const items = Array.from({ length: 500 }, (_, i) => i);
    const expected = items.map((i): Outcome => ({ kind: "ok", index: i, value: i * i }));
    assertEquals(await outcomes("jobs/square.ts", items, threads, tasks), expected);
  });
}

Deno.test("pool: no items, no outcomes", async () => assertEquals(await outcomes("jobs/square.ts", []), []));

Deno.test("pool: an ungranted job reads its own project and can do nothing else", async () => {
  const denied = ["read outside", "read outside by node:fs", "write project", "net", "env", "run", "sys", "ffi"];
  const [project, ...others] = await outcomes("project/inner/tries.js", ["read project", ...denied]);
  assertEquals(project, { kind: "ok", index: 0, value: "the project" });
  for (const [i, outcome] of others.entries()) {
    assert(outcome.kind === "error", `${denied[i]} was allowed`);
    assertEquals(outcome.error.name, "NotCapable", denied[i]);
  }
});

Deno.test("pool: what a job throws, and every way to end the program, fails that item alone", async () => {
  const bad = ["throw", "throw null", "function", "exit", "process.exit", "close"];
  const seen = await outcomes("project/inner/tries.js", [...bad, "read project"]);
  assertEquals(seen.map(({ kind }) => kind), [...bad.map(() => "error"), "ok"]);
  assert(seen[0].kind === "error" && seen[3].kind === "error");
  assertEquals(seen[0].error, { name: "TypeError", message: "as asked" });
  assertStringIncludes(seen[3].error.message, "Deno.exit is not for jobs");
});

Deno.test("pool: a thread that dies fails the items it held, is replaced, and the rest go on", async () => {
  const items = Array.from({ length: 40 }, (_, i) => i);
  const seen = await outcomes("jobs/late_throw.js", items, 2, 1);
  assertEquals(seen.map(({ index }) => index), items);
  const failed = seen.filter(({ kind }) => kind === "error");
  assert(failed.length >= 1 && failed.length <= 2, `${failed.length} failed`);
});

Deno.test("pool: a module that is no job is refused, and no slot is left", async () => {
  await assertRejects(() => openPool(options("jobs/no_default.js")), JobError, "has no default export");
  await assertRejects(() => openPool(options("jobs/missing.js")), JobError, "cannot be loaded");
});

Deno.test("pool: leaving early closes the items", async () => {
  let closed = false;
  function* endless() {
    try {
      for (let i = 0;; i++) yield i;
    } finally {
      closed = true;
    }
  }
  const pool = await openPool(options("jobs/square.ts"));
  for await (const { index } of pool.run(endless())) if (index === 10) break;
  await pool.close();
  assert(closed);
});
