import process from "node:process";
import { defineProperty } from "../../../natives.ts";
import { forbidden, replace, spareOurselves } from "../forbidden.ts";

/** The same as in Deno, as far as Node has it. */
export function forbidHarm(): void {
  const exit = forbidden("process.exit", "throw an error to fail an item");
  replace(process, "exit", exit);
  replace(process, "reallyExit", exit);
  replace(process, "abort", forbidden("process.abort", "throw an error to fail an item"));
  replace(process, "chdir", forbidden("process.chdir", "it would move all threads; use absolute paths"));
  spareOurselves(process, "kill", process.pid);
  spareOurselves(process, "_kill", process.pid);
  process.argv.length = 2; // the program and a module
  process.execArgv.length = 0;
}

/** Node reads all that a module exports when it gives new exports to those who import them by name: so this comes later. */
export function forbidStdin(): void {
  defineProperty(process, "stdin", { get: forbidden("process.stdin", "its lines are the items") });
}
