/** The values of flags that several commands have. Each is what the flag says, or its default. */
import * as v from "valibot";
import { boolean, count, list, number, object, oneOf, string } from "./fields.ts";

/** The values of a command's flags, in camel case: those of `flags`, and of the flags that every command has. */
export function optionsOf<const E extends v.ObjectEntries>(command: string, flags: E) {
  const common = {
    color: oneOf(["auto", "always", "never"], "--color"),
    help: boolean("--help: always false here"),
    version: boolean("--version: always false here"),
  };
  return object({ ...flags, ...common }, `the values of the flags; tandem help ${command} says what they mean`);
}

/** The value of a flag without a default, like `--journal FILE`: absent if the flag was not given. */
export function given<S extends v.GenericSchema>(schema: S) {
  return v.optional(schema);
}

/** The value of `--json`. */
export const json = boolean("--json");

/** The values of the flags that place and bound a job's slots. */
export const slotOptions = {
  timeout: number("--timeout in milliseconds; 0: no limit"),
  memory: count("--memory in bytes; 0: no limit"),
  isolate: oneOf(["auto", "worker", "process"], "--isolate"),
  deno: given(string('--deno: the path of a Deno, "" for the one on the PATH; absent if not given')),
};

/** The values of the flags that grant a job more than to read its project. */
export const grantOptions = {
  allowRead: grant("--allow-read: files and folders, and what a built-in job needs"),
  allowWrite: grant("--allow-write: files and folders"),
  allowNet: grant("--allow-net: hosts, and what a built-in job needs"),
  allowEnv: grant("--allow-env: environment variables"),
  allowRun: grant("--allow-run: programs"),
  allowSys: grant("--allow-sys: what Deno calls system information"),
  allowAll: boolean("--allow-all"),
};

/** True: all of its kind; false: none; or a list of what is granted. */
function grant(about: string) {
  const names = list(v.string(), "these only");
  return v.pipe(v.union([v.boolean(), names]), v.description(`${about}; true: all, false: none`));
}
