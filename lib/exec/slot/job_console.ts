/**
 * Sends what a job prints to stderr: stdout carries results only. `console.log` and its like go to the process's own
 * stdout in Deno, whatever `Deno.stdout` is, so each method that prints is replaced.
 */
export function printToStderr(): void {
  Object.defineProperty(Deno, "stdout", { value: Deno.stderr });
  const { error } = console;
  const nothing = () => {};
  const plain = { clear: nothing, log: error, info: error, debug: error, group: error, groupCollapsed: error };
  const rare = ["table", "dir", "dirxml", "count", "countReset", "time", "timeLog", "timeEnd"] as const;
  let full: Console | undefined; // made when a job first needs it: it takes 10 ms
  for (const name of rare) {
    const print = (...args: unknown[]) => {
      const { process } = globalThis;
      full ??= new (process.getBuiltinModule("node:console").Console)(process.stderr) as unknown as Console;
      Reflect.apply(full[name], full, args);
    };
    Object.defineProperty(console, name, { value: print, writable: true, configurable: true });
  }
  Object.assign(console, plain);
}
