import { apply, assign, console, defineProperty, Deno, self } from "../../../natives.ts";

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
