import { assertEquals } from "@std/assert";
import { withinScope } from "../../../lib/exec/slot/item_scope.ts";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";
import { catchUncaught } from "../../../lib/exec/slot/uncaught.ts";
import { viewBlock } from "../../../lib/exec/wire/block.ts";
import { n } from "../numbers.ts";

const seen: unknown[][] = [];
const timers = ["setTimeout", "setInterval", "setImmediate"].map((name) =>
  [name, Object.getOwnPropertyDescriptor(globalThis, name)!] as const
);
catchUncaught((thrown, item) => void seen.push([thrown, item?.item]));
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

Deno.test("uncaught: an error event gives what was thrown, and the item it belongs to", () => {
  const error = new RangeError("bad");
  for (const thrown of [error, 0, "", false]) {
    assertEquals(caught(new ErrorEvent("error", { cancelable, error: thrown }))[0] === thrown, true);
  }
});

Deno.test("uncaught: an error event without an error gives its message", () => {
  for (const error of [null, undefined]) {
    const [thrown] = caught(new ErrorEvent("error", { cancelable, error, message: "said" }));
    assertEquals(`${thrown}`, "Error: said");
  }
});

Deno.test("uncaught: a rejection gives its reason", () => {
  const promise = Promise.resolve();
  const [thrown] = caught(
    new PromiseRejectionEvent("unhandledrejection", { cancelable, promise, reason: "why" }),
  );
  assertEquals(thrown, "why");
});

Deno.test("uncaught: an event that a job has made of another class is an error", () => {
  for (const type of ["error", "unhandledrejection"]) {
    const [thrown] = caught(new Event(type, { cancelable }));
    assertEquals(`${thrown}`, "Error: an error event without an error");
  }
});

Deno.test("uncaught: what a timer throws belongs to the item that set it", async () => {
  withinScope(item, () =>
    attributed(() => {
      throw "late";
    }));
  await new Promise((resolve) => attributed(resolve));
  assertEquals(seen.splice(0), [["late", 4]]);
});
