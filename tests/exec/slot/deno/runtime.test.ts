import { assert, assertEquals } from "@std/assert";
import process from "node:process";
import { openScope, withinScope } from "../../../../lib/exec/slot/item_scope.ts";
import { StartedItem } from "../../../../lib/exec/slot/started_item.ts";
import { denoRuntime } from "../../../../lib/exec/slot/deno/runtime.ts";
import { viewBlock } from "../../../../lib/exec/wire/block.ts";
import { n } from "../../numbers.ts";

const seen: unknown[][] = [];
const timers = ["setTimeout", "setInterval", "setImmediate"].map((name) =>
  [name, Object.getOwnPropertyDescriptor(globalThis, name)!] as const
);
openScope(denoRuntime.context);
denoRuntime.catchUncaught((thrown, item) => void seen.push([thrown, item?.item]));
const { setTimeout: attributed } = globalThis;
for (const [name, own] of timers) Object.defineProperty(globalThis, name, own);

const item = new StartedItem({ block: viewBlock(new SharedArrayBuffer(0), 0), use: n(0) }, n(0), n(4), n(1), 0);

/** What is caught of an event; the job's own listeners are not called, and the event ends nothing. */
function caught(event: Event): unknown[] {
  const later = () => void seen.push(["a listener of the job"]);
  addEventListener(event.type, later);
  withinScope(item, () => void dispatchEvent(event));
  removeEventListener(event.type, later);
  assertEquals(event.defaultPrevented, true);
  const [first, ...rest] = seen.splice(0);
  assertEquals([rest, first[1]], [[], 4]);
  return first;
}

const cancelable = true;

Deno.test("slot in Deno: an error event gives what was thrown, and the item it belongs to", () => {
  const error = new RangeError("bad");
  for (const thrown of [error, 0, "", false]) {
    assertEquals(caught(new ErrorEvent("error", { cancelable, error: thrown }))[0] === thrown, true);
  }
});

Deno.test("slot in Deno: an error event without an error gives its message", () => {
  for (const error of [null, undefined]) {
    const [thrown] = caught(new ErrorEvent("error", { cancelable, error, message: "said" }));
    assertEquals(`${thrown}`, "Error: said");
  }
});

Deno.test("slot in Deno: a rejection gives its reason", () => {
  const promise = Promise.resolve();
  const [thrown] = caught(
    new PromiseRejectionEvent("unhandledrejection", { cancelable, promise, reason: "why" }),
  );
  assertEquals(thrown, "why");
});

Deno.test("slot in Deno: an event that a job has made of another class is an error", () => {
  for (const type of ["error", "unhandledrejection"]) {
    const [thrown] = caught(new Event(type, { cancelable }));
    assertEquals(`${thrown}`, "Error: an error event without an error");
  }
});

Deno.test("slot in Deno: what a timer throws belongs to the item that set it", async () => {
  withinScope(item, () =>
    attributed(() => {
      throw "late";
    }));
  await new Promise((resolve) => attributed(resolve));
  assertEquals(seen.splice(0), [["late", 4]]);
});

/** What `threadCpuUsage` of the thread's process says, in milliseconds, where Deno has it (since 2.9). */
type Usage = { threadCpuUsage?: () => { user: number; system: number } };

Deno.test("slot in Deno: thread cpu time: it is the thread's, in milliseconds; undefined where nothing tells it", () => {
  const scope = process as unknown as Usage;
  const own = scope.threadCpuUsage;
  const cpuNow = denoRuntime.cpuReader();
  const read = () => own === undefined ? undefined : (({ user, system }) => (user + system) / 1000)(own.call(process));
  const [before, ms, after] = [read(), cpuNow(), read()];
  if (own === undefined) assertEquals(ms, undefined);
  else assert(before! <= ms! && ms! <= after!, `${before} ${ms} ${after}`);
  const broken = [undefined, () => ({ user: NaN, system: 1 }), () => ({ user: -5, system: 1 }), () => {
    throw new Error("the job has replaced it");
  }];
  try {
    for (const threadCpuUsage of broken) {
      scope.threadCpuUsage = threadCpuUsage;
      assertEquals(cpuNow(), undefined);
    }
    scope.threadCpuUsage = () => ({ user: 1_500, system: 3_000 });
    assertEquals(cpuNow(), 4.5);
  } finally {
    scope.threadCpuUsage = own;
  }
});
