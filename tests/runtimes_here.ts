import type { ForeignChoice } from "../lib/cli/job/foreign_runtime.ts";

/** A runtime that tests run jobs in, besides our Deno and the Node of the PATH. */
interface RuntimeHere {
  readonly choice: ForeignChoice & { readonly program: string };
  /** What `--runtime` says of it. */
  readonly flag: string;
}

/** Names paths of runtimes: `.ci/run` installs them from npm. `node` is a newer one than that of the PATH. */
const variables = { bun: "TANDEM_BUN", node: "TANDEM_NODE" } as const;

/**
 * The runtime at the path that its variable names; undefined where there is none, and then a test is registered as ignored whose
 * name says so. With TANDEM_OTHER_RUNTIMES=required, as `.ci/run` sets it, that is an error.
 *
 * @throws {Error} it is required, and not named
 */
export function runtimeHere(name: keyof typeof variables, about: string): RuntimeHere | undefined {
  const program = Deno.env.get(variables[name]);
  if (program !== undefined) return { choice: { name, program }, flag: `${name}=${program}` };
  const why = `${variables[name]} names no ${name}, which npm has: npm install ${name}`;
  if (Deno.env.get("TANDEM_OTHER_RUNTIMES") === "required") throw new Error(why);
  Deno.test({ name: `${about} (${why})`, ignore: true, fn() {} });
}
