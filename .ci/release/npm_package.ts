import { runFlags } from "../../lib/own_program.ts";

/** What decides about the npm package: the bundled program, and the Deno of the npm registry that runs it. */
export interface PackedVersion {
  /** Of tandem. */
  readonly version: string;
  /** Of the Deno that runs it, exactly. */
  readonly deno: string;
  readonly license: string;
}

/** Its package.json. */
export function packageOf({ version, deno, license }: PackedVersion) {
  return {
    name: "tandem",
    version,
    description: "Async tasks, threads, or both? tandem measures your job, tells you, and runs it that way.",
    license,
    bin: { tandem: "bin/tandem" },
    scripts: { postinstall: "node install.cjs" },
    engines: { node: ">=20" },
    preferUnplugged: true, // with Yarn's Plug'n'Play, Deno cannot read files in an archive
    dependencies: { deno },
  };
}

/** Deno's first arguments. The configuration and the program follow. */
export const runArguments = ["run", ...runFlags, "--config"];

/** The configuration beside the bundled program: what of deno.json holds when it runs. */
export function programConfig(config: { readonly nodeModulesDir: string; readonly unstable: readonly string[] }) {
  return { nodeModulesDir: config.nodeModulesDir, unstable: config.unstable };
}
