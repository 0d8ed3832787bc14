import { assertEquals } from "@std/assert";
import { promisify } from "node:util";
import { denoRuntime } from "../../../lib/exec/slot/deno/runtime.ts";
import { openScope, withinScope } from "../../../lib/exec/slot/item_scope.ts";
import { attributeTimers } from "../../../lib/exec/slot/job_timers.ts";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";
import { viewBlock } from "../../../lib/exec/wire/block.ts";
import { n } from "../numbers.ts";

openScope(denoRuntime.context);

const names = ["setTimeout", "setInterval", "setImmediate"] as const;

function started(item: number): StartedItem {
  const block = viewBlock(new SharedArrayBuffer(0), 0);
  return new StartedItem({ block, use: n(0) }, n(0), n(item), n(1), 0);
}

type Timer = (callback: unknown, ...rest: unknown[]) => unknown;

/** Deno's timers, each replaced by one that only notes its callbacks; once as values, once as Deno has them. */
async function withTimers(
  form: "value" | "getter",
  act: (fakes: { calls: [string, unknown[]][]; uncaught: unknown[]; made: string[] }) => Promise<void> | void,
): Promise<void> {
  const calls: [string, unknown[]][] = [];
  const uncaught: unknown[] = [];
  const made: string[] = [];
  const own = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name)!);
  for (const name of names) {
    const fake: Timer = function (this: unknown, ...args) {
      calls.push([name, [this === globalThis ? undefined : this, ...args]]);
      return `${name} ${calls.length}`;
    };
    Object.defineProperty(fake, "name", { value: name });
    const get = () => (made.push(name), fake);
    const property = form === "value" ? { value: fake, writable: true } : { get, set: () => {} };
    Object.defineProperty(globalThis, name, { ...property, configurable: true, enumerable: true });
  }
  try {
    attributeTimers((thrown, item) => void uncaught.push(thrown, item?.item));
    await act({ calls, uncaught, made });
  } finally {
    names.forEach((name, at) => Object.defineProperty(globalThis, name, own[at]));
  }
}

for (const form of ["value", "getter"] as const) {
  Deno.test(`job timers (${form}): what a timer of an item throws is laid to the item`, async () => {
    await withTimers(form, ({ calls, uncaught }) => {
      for (const name of names) {
        let got: unknown[] = [];
        const callback = function (this: unknown, ...args: unknown[]) {
          got = [this, ...args];
          throw name;
        };
        withinScope(started(3), () => {
          const set = globalThis[name] as Timer;
          assertEquals(set(callback, 20, "a"), `${name} ${calls.length}`);
        });
        const [called, [self, guarded, ...rest]] = calls.at(-1)!;
        assertEquals([called, self, rest], [name, undefined, [20, "a"]]);
        (guarded as Timer).call("its own this", "a");
        assertEquals([got, uncaught.splice(0)], [["its own this", "a"], [name, 3]]);
      }
    });
  });

  Deno.test(`job timers (${form}): those that no item set, and what is not a function, stay as they are`, async () => {
    await withTimers(form, ({ calls, uncaught }) => {
      const callback = () => {};
      setTimeout(callback, 5);
      withinScope(started(3), () => setTimeout("code" as never, 6));
      assertEquals(calls.map(([, [, callback]]) => callback), [callback, "code"]);
      assertEquals(uncaught, []);
    });
  });

  Deno.test(`job timers (${form}): they look like Deno's, and a job may replace them`, async () => {
    await withTimers(form, () => {
      for (const name of names) {
        const { name: own, length } = globalThis[name];
        assertEquals([own, length], [name, 0]);
        const { enumerable, configurable } = Object.getOwnPropertyDescriptor(globalThis, name)!;
        assertEquals([enumerable, configurable], [true, true]);
        const mine = () => "mine";
        (globalThis as Record<string, unknown>)[name] = mine;
        assertEquals(globalThis[name] === mine as never, true);
        const after = Object.getOwnPropertyDescriptor(globalThis, name)!;
        assertEquals([after.writable, after.enumerable, after.configurable], [true, true, true]);
      }
    });
  });
}

Deno.test("job timers: Deno's are made when they are first asked for, once", async () => {
  await withTimers("getter", ({ made }) => {
    assertEquals(made, []);
    assertEquals(setTimeout === setTimeout, true);
    assertEquals(made, ["setTimeout"]);
  });
});

Deno.test("job timers: what node:util's promisify looks for is there", async () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, "setImmediate")!;
  try {
    attributeTimers(() => {});
    assertEquals(await promisify(setImmediate)("value"), "value");
  } finally {
    Object.defineProperty(globalThis, "setImmediate", own);
  }
});
