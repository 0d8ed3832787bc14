import { assertEquals } from "@std/assert";
import { type Running, startListing, taskIntervals } from "../../lib/streams/listing_17_41.ts";
import { virtualClock } from "../virtual_clock.ts";
import { virtualIntervals } from "./virtual_thread.ts";

const listing = { timeoutMs: 200, throttleMs: 500, take: 20 };
const expected = "#1 a E b c #2 E d e #3 E f g E #4 h i E j #5";
/** Interval 2001 is due together with the last item, which comes first and closes everything. */
const backlog = 2000 - 5;

async function collect(running: Running): Promise<string> {
  const shown: string[] = [];
  for await (const { kind, text } of running.items) {
    shown.push(kind === "timeout" ? "E" : text.replace(/^Interval |^Message: '(.)'$/, "$1"));
  }
  return shown.join(" ");
}

Deno.test("listing 17-41: a task as producer gives the ideal time line", async () => {
  const clock = virtualClock();
  const running = startListing(listing, taskIntervals(1, clock), clock);
  assertEquals(await collect(running), expected);
  assertEquals(await running.close(), {});
  assertEquals({ now: clock.now(), open: clock.open(), backlog: running.backlog() }, { now: 2001, open: 0, backlog });
});

Deno.test("listing 17-41: a thread as producer gives the same items and the same backlog", async () => {
  const { clock, intervals } = await virtualIntervals(1);
  const running = startListing(listing, intervals, clock);
  assertEquals(await collect(running), expected);
  assertEquals(await running.close(), { unsent: 2001 });
  assertEquals({ now: clock.now(), open: clock.open(), backlog: running.backlog() }, { now: 2001, open: 0, backlog });
});

Deno.test("listing 17-41: closing it early leaves no wait and no thread", async () => {
  const { clock, intervals } = await virtualIntervals(1);
  const running = startListing(listing, intervals, clock);
  assertEquals((await running.items.next()).value?.text, "Interval #1");
  const pending = running.items.next();
  const ending = await running.close();
  assertEquals((await pending).done, true);
  assertEquals({ ending, open: clock.open() }, { ending: { unsent: intervals.sent() + 1 }, open: 0 });
});

Deno.test("listing 17-41: taking nothing shows nothing and leaves no wait", async () => {
  const clock = virtualClock();
  const running = startListing({ ...listing, take: 0 }, taskIntervals(1, clock), clock);
  assertEquals(await collect(running), "");
  await running.close();
  assertEquals({ open: clock.open(), backlog: running.backlog() }, { open: 0, backlog: 0 });
});
