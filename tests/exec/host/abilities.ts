import type { RuntimeName } from "../../../lib/model/runtime.ts";

/** What a host's slots run in. */
export type Runtime = RuntimeName["name"];

/** Which runtimes have it, and items of a job that tell: each gives `true` where they do. */
interface Ability {
  readonly deno: boolean;
  readonly node: boolean;
  readonly bun: boolean;
  readonly probe: { readonly job: string; readonly items?: number };
}

const here = (condition: string) => ({ job: `export default () => ${condition};` });

/** Whether an error is attributed to the item that `code` is in; if not, the thread dies of it. */
const attributed = (code: string) => ({
  job: `export default async () => {
    const error = Object.assign(new Error("of this item"), { name: "Attributed" });
    ${code}
    await new Promise((resolve) => setTimeout(resolve, 100));
  };`,
});

/**
 * What slots have in one runtime and lack in another: the one table of it. A test names what it needs, and runs wherever that is;
 * `testAbilities` shows that each cell is true. What users notice of it is in `tandem help runtimes`.
 */
export const abilities = {
  /** The namespace, with its permissions, and errors which say what was denied. */
  deno: { deno: true, node: false, bun: false, probe: here('"Deno" in globalThis') },
  /** `self`, which is a target of events. */
  self: { deno: true, node: false, bun: true, probe: here('typeof globalThis.self?.dispatchEvent === "function"') },
  reportError: { deno: true, node: false, bun: true, probe: here('typeof reportError === "function"') },
  /** An error event that a job dispatches itself is like an error that it throws. */
  errorEvents: {
    deno: true,
    node: false,
    bun: false,
    probe: attributed('globalThis.self?.dispatchEvent(new ErrorEvent("error", { error }));'),
  },
  /** Listeners of `process` for uncaught errors, and the port of the thread, which a job could take for its own. */
  threadOfNode: {
    deno: false,
    node: true,
    bun: true,
    probe: {
      job: `import process from "node:process";
        export default () => process.hasUncaughtExceptionCaptureCallback?.() === true;`,
    },
  },
  /** The port of the thread can be taken away. */
  hiddenPort: {
    deno: true,
    node: true,
    bun: false,
    probe: { job: 'import { parentPort } from "node:worker_threads"; export default () => parentPort === null;' },
  },
  /** It is known whose promise was rejected. */
  ownRejections: { deno: true, node: true, bun: false, probe: attributed("Promise.reject(error);") },
  /** It is known who set the listener of a port. */
  ownMessages: {
    deno: true,
    node: true,
    bun: false,
    probe: attributed(`const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { port1.close(); throw error; };
      port2.postMessage(1);`),
  },
  /** What an item enters with AsyncLocalStorage.enterWith ends with it. */
  ownContext: {
    deno: true,
    node: false,
    bun: false,
    probe: {
      items: 1100,
      job: `import { AsyncLocalStorage } from "node:async_hooks";
        const storage = new AsyncLocalStorage();
        export default (item) => {
          const found = storage.getStore();
          storage.enterWith("of item " + item);
          return found === undefined;
        };`,
    },
  },
  /** Its own code does without the built-ins that a job may replace. */
  ownBuiltins: {
    deno: true,
    node: false,
    bun: true,
    probe: {
      items: 3,
      job: `const fail = () => { throw new Error("replaced"); };
        Object.getPrototypeOf(new Map().values()).next = fail;
        Array.prototype[Symbol.iterator] = fail;
        export default async () => { await undefined; return true; };`,
    },
  },
  /** It makes parts of typed arrays without Symbol.species. */
  ownSpecies: {
    deno: true,
    node: true,
    bun: false,
    probe: {
      job: `const species = { get() { throw new Error("replaced"); } };
        Object.defineProperty(Object.getPrototypeOf(Uint8Array), Symbol.species, species);
        export default () => true;`,
    },
  },
} as const satisfies Record<string, Ability>;

export type AbilityName = keyof typeof abilities;

/** Whether a runtime has it. */
export function isAble(runtime: Runtime, name: AbilityName): boolean {
  return abilities[name][runtime];
}
