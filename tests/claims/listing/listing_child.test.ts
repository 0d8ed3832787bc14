import { assert, assertEquals, assertRejects } from "@std/assert";
import { runInChildren } from "../../../lib/claims/listing/listing_child.ts";

Deno.test("listing: runs in children come back in their order, with all that was printed", async () => {
  const [task, thread] = await runInChildren(["task", "thread"], new AbortController().signal);
  for (const { items, backlog } of [task, thread]) assert(items.length === 20 && backlog > 20, `${backlog}`);
  assertEquals(task.unsent, null);
  assert(thread.unsent !== null && thread.unsent > thread.backlog);
});

Deno.test("listing: children end when they are stopped", async () => {
  const stop = new AbortController();
  const runs = runInChildren(["task", "thread"], stop.signal);
  stop.abort(new Error("enough"));
  await assertRejects(() => runs, Error, "enough");
});
