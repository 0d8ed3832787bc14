import { itemInScope } from "./item_scope.ts";
import type { StartedItem } from "./started_item.ts";
import {
  apply,
  defineProperties,
  defineProperty,
  getOwnPropertyDescriptor,
  getOwnPropertyDescriptors,
  self,
} from "../../natives.ts";

/** Gets what a job threw where nobody catches it, and which item it is attributed to, if that is known. */
export type OnUncaught = (thrown: unknown, item: StartedItem | undefined) => void;

const timers: readonly string[] = ["setTimeout", "setInterval", "setImmediate"];

type Timer = (callback: unknown, ...rest: unknown[]) => unknown;

/**
 * Attributes what a timer's callback throws to the item that set the timer: Deno has forgotten it when the error event comes.
 * Timers that no item set stay what they are. `process.nextTick` and events need no such care, nor does `queueMicrotask` in
 * Deno. Only the globals: nobody can change what `import { setTimeout } from "node:timers"` gives.
 */
export function attributeTimers(onUncaught: OnUncaught, names: readonly string[] = timers): void {
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    const was = getOwnPropertyDescriptor(self, name);
    if (was?.get !== undefined) attributeWhenAsked(name, was.get, onUncaught);
    else if (was !== undefined) defineValue(name, attributed(was.value, onUncaught));
  }
}

/** Deno makes its timers when they are first asked for, and so are ours: it takes 4 ms. */
function attributeWhenAsked(name: string, native: () => unknown, onUncaught: OnUncaught): void {
  let timer: Timer | undefined;
  defineProperty(self, name, {
    get: () => timer ??= attributed(apply(native, self, []) as Timer, onUncaught),
    set: (value: unknown) => defineValue(name, value), // as Deno's own does
    enumerable: true,
    configurable: true,
  });
}

function defineValue(name: string, value: unknown): void {
  defineProperty(self, name, { value, writable: true, enumerable: true, configurable: true });
}

function attributed(native: Timer, onUncaught: OnUncaught): Timer {
  const timer = function (this: unknown, ...args: [unknown, ...unknown[]]): unknown {
    const item = itemInScope();
    if (item !== undefined && typeof args[0] === "function") args[0] = guarded(args[0], item, onUncaught);
    return apply(native, this, args);
  };
  // Its name, its length, and what node:util's `promisify` looks for.
  const { prototype: _, ...own } = getOwnPropertyDescriptors(native) as PropertyDescriptorMap;
  return defineProperties(timer, own);
}

// deno-lint-ignore ban-types -- a job's callback
function guarded(callback: Function, item: StartedItem, onUncaught: OnUncaught): (...args: unknown[]) => void {
  return function (this: unknown, ...args) {
    try {
      apply(callback, this, args);
    } catch (error) {
      onUncaught(error, item);
    }
  };
}
