import { apply, assign, console, defineProperty, Deno, getOwnPropertyDescriptor, self } from "../../../natives.ts";
import { forbidden, replace, spareOurselves } from "../forbidden.ts";

/**
 * A job that ends the program, or posts messages in our name, would harm all items: only the item that tries it fails. Nor does a
 * job see our command line, which it might take for its own. Not a
 * jail: what a job imports from node:process by name stays as it is.
 */
export function forbidHarm(): void {
  const exit = forbidden("Deno.exit", "throw an error to fail an item"); // and so process.exit and process.reallyExit
  replace(Deno, "exit", exit);
  replace(self, "close", forbidden("self.close", "throw an error to fail an item"));
  replace(self, "postMessage", forbidden("self.postMessage", "return a value, or yield some"));
  replace(Deno, "chdir", forbidden("Deno.chdir", "it would move all threads; use absolute paths"));
  apply(Deno.stdin.close, Deno.stdin, []); // this thread's: what Node makes of it has no other
  defineProperty(Deno, "stdin", { get: forbidden("Deno.stdin", "its lines are the items") });
  hideArguments();
  spareOurselves(Deno, "kill", Deno.pid); // Deno asks for no permission where a program signals itself
  forbidInProcess();
}

/** What Deno keeps for itself, and for its Node modules. */
interface Internals {
  readonly __nodeProcessBootstrapped?: boolean;
  readonly __nodeBootstrapArgs?: { denoArgs?: readonly string[] };
}

function internals(): Internals {
  const { internal } = Deno as unknown as { internal: symbol };
  return (Deno as unknown as Record<symbol, Internals | undefined>)[internal] ?? {};
}

/** The arguments of a job are none: those of this program, or of a slot's own process, are not meant for it. */
function hideArguments(): void {
  replace(Deno, "args", []);
  const { __nodeBootstrapArgs: made } = internals(); // what process.argv will be made of; 2.6.10 has none, see closeProcess
  if (made?.denoArgs !== undefined) made.denoArgs = [];
}

/** `process` takes 20 ms to make on Deno 2.9.6: what is in it is replaced when the job first asks for it. */
function forbidInProcess(): void {
  const native = getOwnPropertyDescriptor(self, "process");
  const get = native?.get;
  if (native === undefined || get === undefined) return closeProcess(self.process);
  let closed = false;
  defineProperty(self, "process", {
    ...native,
    get() {
      const process = apply(get, self, []);
      if (!closed) closeProcess(process);
      closed = true;
      return process;
    },
  });
}

/** Also for a job that has imported node:process, and so made it. */
export function closeMadeProcess(): void {
  if (internals().__nodeProcessBootstrapped) void self.process;
}

function closeProcess(process: typeof globalThis.process | undefined): void {
  if (process === undefined) return;
  process.argv.length = 2; // the program and a module: Node's modules expect these two
  defineProperty(process, "stdin", { get: forbidden("process.stdin", "its lines are the items") });
  defineProperty(process, "stdout", { get: () => process.stderr }); // stdout carries results only
  replace(process, "abort", forbidden("process.abort", "throw an error to fail an item"));
  spareOurselves(process, "kill", Deno.pid);
  spareOurselves(process, "_kill", Deno.pid);
}

/** What prints in a form of its own; seldom used. */
const rare = ["table", "dir", "dirxml", "count", "countReset", "time", "timeLog", "timeEnd"] as const;

let full: Console | undefined; // made when a job first needs it: it takes 10 ms

/**
 * Sends what a job prints to stderr: stdout carries results only. `console.log` and its like go to the process's own
 * stdout in Deno, whatever `Deno.stdout` is, so each method that prints is replaced.
 */
export function printToStderr(): void {
  defineProperty(Deno, "stdout", { value: Deno.stderr });
  const { error } = console;
  const ignore = () => {};
  assign(console, { clear: ignore, log: error, info: error, debug: error, group: error, groupCollapsed: error });
  for (let i = 0; i < rare.length; i++) {
    defineProperty(console, rare[i], { value: printer(rare[i]), writable: true, configurable: true });
  }
}

function printer(name: typeof rare[number]): (...args: unknown[]) => void {
  return (...args) => {
    const { process } = self;
    full ??= new (process.getBuiltinModule("node:console").Console)(process.stderr) as unknown as Console;
    apply(full[name], full, args);
  };
}
