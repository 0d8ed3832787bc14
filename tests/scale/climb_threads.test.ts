import { assert, assertEquals, assertMatch } from "@std/assert";
import { climbThreads } from "../../lib/scale/climb_threads.ts";
import { hostile, limited, withoutProc } from "./children.ts";

const bounds = { maxBytes: null, maxMs: 60_000 };
const unixOnly = Deno.build.os === "windows";

Deno.test("climb threads: five in a child, which end", async () => {
  const heard: number[] = [];
  const { points, reached, startsMs, stoppedBy, end, limits } = await climbThreads(
    { upTo: 5, ...bounds },
    { onAlive: (alive) => void heard.push(alive) },
  );
  assertEquals([points.map(({ alive }) => alive), reached, stoppedBy, heard], [[1, 2, 3, 5], 5, null, [1, 2, 3, 4, 5]]);
  assertEquals([startsMs.length, end?.threads], [5, 5]);
  const { use, startMs } = points[3];
  assert(use.rssBytes > 5 * 2 ** 20 && startMs > 0, JSON.stringify(points));
  if (Deno.build.os !== "linux") return;
  assert(use.threads !== null && use.threads >= 5, `${use.threads}`);
  assert(use.virtualBytes !== null && use.virtualBytes > use.rssBytes && use.maps !== null && use.files !== null);
  for (const name of ["memory", "threads-max", "map-count", "open-files"]) {
    assert(limits.some((limit) => limit.name === name), name);
  }
  assert(end?.endMs !== null && end?.keptBytes !== null);
});

Deno.test("climb threads: stopped at --max-memory, before it is passed", async () => {
  const maxBytes = 60 * 2 ** 20;
  const { reached, points, stoppedBy, limit } = await climbThreads({ upTo: 1000, ...bounds, maxBytes });
  assertEquals([stoppedBy, limit], ["max-memory", maxBytes]);
  assert(reached >= 1 && reached < 20, `${reached}`);
  assert(reached === 1 || points.every(({ use }) => use.rssBytes <= maxBytes));
});

Deno.test({
  name: "climb threads: stopped by ulimit -n, which is named; what was measured is kept",
  ignore: unixOnly,
  async fn() {
    const { reached, points, stoppedBy, limit, end } = await climbThreads(
      { upTo: 100, ...bounds },
      { prefix: limited("-n 64") },
    );
    assertEquals([stoppedBy, limit, end], ["open-files", 64, null]);
    assert(reached >= 1 && reached < 64 && points.length > 0, `${reached}`);
  },
});

Deno.test({
  name: "climb threads: too little address space even for the program is an end, not an error",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const { reached, stoppedBy } = await climbThreads({ upTo: 2, ...bounds }, { prefix: limited("-v 4000000") });
    assertEquals([reached, stoppedBy], [0, "crashed"]);
  },
});

Deno.test("climb threads: a process that cannot read /proc tells less, and ends", async () => {
  const { points, stoppedBy, end, limits } = await climbThreads({ upTo: 2, ...bounds }, { start: withoutProc });
  assertEquals([points.map(({ alive }) => alive), stoppedBy], [[1, 2], null]);
  assert(points[1].use.rssBytes > 2 ** 20);
  assertEquals({ ...points[1].use, rssBytes: 0 }, {
    rssBytes: 0,
    virtualBytes: null,
    threads: null,
    maps: null,
    files: null,
  });
  assertEquals([end?.threads, end?.endMs, limits.map(({ name }) => name)], [2, null, ["memory", "heap"]]);
});

Deno.test("climb threads: a child that crashes", async () => {
  const { reached, startsMs, stoppedBy, said, end } = await climbThreads({ upTo: 9, ...bounds }, { start: hostile });
  assertEquals([reached, startsMs, stoppedBy, end], [2, [9, 11], "crashed", null]);
  assertMatch(said, /no more threads/);
});
