import { type Lock, lockedPackages, withNeeds, withoutPeers } from "./lock.ts";

/** What of `deno info --json` is read here. */
export interface ModuleGraph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly npmPackage?: string;
    readonly dependencies?: readonly { readonly code?: { readonly specifier: string } }[];
  }[];
  /** "npm:valibot@1.5.0" -> "npm:/valibot@1.5.0" */
  readonly redirects: Readonly<Record<string, string>>;
}

/**
 * The keys of the locked packages whose code is in the executables: those which a module imports other than for its types, and what
 * they need.
 */
export function bundledPackages({ modules, redirects }: ModuleGraph, lock: Lock): ReadonlySet<string> {
  const imported = new Set(
    modules.flatMap(({ dependencies = [] }) =>
      dependencies.flatMap(({ code }) => code === undefined ? [] : [redirects[code.specifier] ?? code.specifier])
    ),
  );
  const keys = modules.flatMap(({ specifier, npmPackage }) =>
    npmPackage !== undefined && imported.has(specifier) ? [withoutPeers(`npm:${npmPackage}`)] : []
  );
  return withNeeds(lockedPackages(lock), keys);
}
