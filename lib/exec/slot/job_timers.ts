import { itemInScope } from "./item_scope.ts";
import type { StartedItem } from "./started_item.ts";
import { apply, defineProperties, defineProperty, getOwnPropertyDescriptors, self } from "../../natives.ts";

/** Gets what a job threw where nobody catches it, and which item it is attributed to, if that is known. */
export type OnUncaught = (thrown: unknown, item: StartedItem | undefined) => void;

const timers = ["setTimeout", "setInterval", "setImmediate"] as const;

type Timer = (callback: unknown, ...rest: unknown[]) => unknown;

/**
 * Attributes what a timer's callback throws to the item that set the timer: Deno has forgotten it when the error event comes.
 * Timers that no item set stay what they are. `queueMicrotask`, `process.nextTick` and events need no such care. Only the
 * globals: nobody can change what `import { setTimeout } from "node:timers"` gives.
 */
export function attributeTimers(onUncaught: OnUncaught): void {
  for (let i = 0; i < timers.length; i++) {
    const name = timers[i];
    const native = self[name] as Timer | undefined;
    if (native === undefined) continue;
    const attributed = function (this: unknown, ...args: [unknown, ...unknown[]]): unknown {
      const item = itemInScope();
      if (item !== undefined && typeof args[0] === "function") args[0] = guarded(args[0], item, onUncaught);
      return apply(native, this, args);
    };
    // Its name, its length, and what node:util's `promisify` looks for.
    const { prototype: _, ...own } = getOwnPropertyDescriptors(native) as PropertyDescriptorMap;
    defineProperties(attributed, own);
    defineProperty(self, name, { value: attributed, writable: true, enumerable: true, configurable: true });
  }
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
