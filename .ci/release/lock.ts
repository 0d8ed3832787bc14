/** What of deno.lock, version 5, is read here. */
export interface Lock {
  readonly version: string;
  /** "npm:valibot@1.5.0" or "jsr:@std/tar@^0.1" -> the version, and behind a "_" the peers it is installed with. */
  readonly specifiers: Readonly<Record<string, string>>;
  readonly npm?: Readonly<Record<string, LockEntry>>;
  readonly jsr?: Readonly<Record<string, LockEntry>>;
  readonly workspace: { readonly dependencies: readonly string[] };
  /** Modules of URLs, which we have none of. */
  readonly remote?: Readonly<Record<string, string>>;
}

interface LockEntry {
  readonly integrity: string;
  /** In npm "name" or "name@version", in jsr a specifier. */
  readonly dependencies?: readonly string[];
}

/** A package at a version. */
export interface Locked {
  /** With its registry, without peers: "npm:@types/d3-path@3.1.1". */
  readonly key: string;
  readonly integrity: string;
  /** The keys of what it depends on. */
  readonly needs: readonly string[];
}

/** All packages of the lock file, each version once, by key. Throws if the file has what this does not understand. */
export function lockedPackages(lock: Lock): readonly Locked[] {
  if (lock.version !== "5" || lock.remote !== undefined) {
    throw new Error("deno.lock: expected version 5, with packages of npm and JSR and no modules of URLs");
  }
  const npm = Object.entries(lock.npm ?? {}).map(([id, { integrity, dependencies = [] }]) => {
    return { key: withoutPeers(`npm:${id}`), integrity, needs: dependencies.map((name) => npmKey(lock, name)) };
  });
  const jsr = Object.entries(lock.jsr ?? {}).map(([id, { integrity, dependencies = [] }]) => {
    return { key: `jsr:${id}`, integrity, needs: dependencies.map((specifier) => specifiedKey(lock, specifier)) };
  });
  const once = new Map([...npm, ...jsr].map((locked) => [locked.key, locked]));
  return [...once.values()].toSorted((a, b) => a.key < b.key ? -1 : 1);
}

/** The keys of what deno.json itself imports. */
export function rootsOf(lock: Lock): readonly string[] {
  return [...new Set(lock.workspace.dependencies.map((specifier) => specifiedKey(lock, specifier)))];
}

/** A key with the keys of all that it needs. */
export function withNeeds(packages: readonly Locked[], keys: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (key: string) => {
    if (found.has(key)) return;
    found.add(key);
    packages.find((locked) => locked.key === key)?.needs.forEach(visit);
  };
  for (const key of keys) visit(key);
  return found;
}

/** The parts of a key. */
export function keyOf(key: string) {
  const [, registry, scope = "", name, version] = /^(npm|jsr):(?:(@[^/]+)\/)?([^@/]+)@([^_]+)$/.exec(key) ?? [];
  if (version === undefined) throw new Error(`deno.lock: ${key} is not a package at a version`);
  return { registry, scope, name, version };
}

/** The key of a package as Deno names it, with its peers: "@valibot/to-json-schema@1.8.0_valibot@1.5.0". */
export function withoutPeers(id: string): string {
  return id.replace(/^((?:npm:|jsr:)?@?[^@]+@[^_]+)_.*$/, "$1");
}

function npmKey({ npm = {} }: Lock, name: string): string {
  const id = Object.hasOwn(npm, name) ? name : Object.keys(npm).find((id) => id.startsWith(`${name}@`));
  if (id === undefined) throw new Error(`deno.lock: ${name} is missing`);
  return withoutPeers(`npm:${id}`);
}

function specifiedKey({ specifiers }: Lock, specifier: string): string {
  const version = specifiers[specifier];
  if (version === undefined) throw new Error(`deno.lock: ${specifier} is missing`);
  return withoutPeers(`${specifier.replace(/(.)@[^@/]*$/, "$1")}@${version}`);
}
