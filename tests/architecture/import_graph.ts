/** One import: of a value or of a type, at load or by `import()`. */
export interface Edge {
  /** Paths from the top level; a package or a `node:` module by its specifier. */
  readonly from: string;
  readonly to: string;
  /** By `import()`: the module may be loaded later, or never. */
  readonly dynamic: boolean;
  /** Only a type: nothing is loaded. */
  readonly typeOnly: boolean;
}

/** All that some modules import, directly or not. */
export interface ImportGraph {
  readonly edges: readonly Edge[];
  /** Imports that could not be resolved. */
  readonly errors: readonly string[];
}

interface Dependency {
  readonly specifier: string;
  readonly code?: { readonly specifier?: string; readonly error?: string };
  readonly type?: { readonly specifier?: string; readonly error?: string };
  readonly isDynamic?: boolean;
}

interface Module {
  readonly specifier: string;
  readonly error?: string;
  readonly dependencies?: readonly Dependency[];
}

/** Reads what `deno info` tells of these entry points, with types and `import()`. It needs no network and no cache. */
export async function readImportGraph(root: URL, entries: readonly string[]): Promise<ImportGraph> {
  const found = await Promise.all(entries.map((entry) => inform(root, entry)));
  const modules = new Map(found.flat().map((module) => [module.specifier, module]));
  const name = (specifier: string) =>
    specifier.startsWith(root.href) ? decodeURIComponent(specifier.slice(root.href.length)) : specifier;
  const edges = [...modules.values()].flatMap(({ specifier: from, dependencies = [] }) =>
    dependencies.flatMap(({ specifier, code, type, isDynamic = false }) => {
      const targets = new Set([code?.specifier, type?.specifier].filter((target) => target !== undefined));
      return [...targets].map((target) => ({
        from: name(from),
        to: target.startsWith("file:") ? name(target) : specifier,
        dynamic: isDynamic,
        typeOnly: code === undefined,
      }));
    })
  );
  const isOurs = ({ specifier }: Module) => specifier.startsWith("file:");
  const errors = [...modules.values()].filter(isOurs).flatMap(({ error }) => error === undefined ? [] : [error]);
  return { edges, errors };
}

async function inform(root: URL, entry: string): Promise<readonly Module[]> {
  const args = ["info", "--json", "--no-npm", "--no-remote", entry];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: root }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout)).modules;
}

/** Groups of files that import each other, directly or through others (Tarjan's strongly connected components). */
export function circles(edges: readonly Edge[]): string[][] {
  const next = Map.groupBy(edges, ({ from }) => from);
  const found: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const place = order.size;
    order.set(file, place);
    lowest.set(file, place);
    path.push(file);
    for (const { to } of next.get(file) ?? []) {
      if (!order.has(to)) visit(to);
      if (path.includes(to)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(to)!));
    }
    if (lowest.get(file) !== place) return;
    const circle = path.splice(path.indexOf(file));
    if (circle.length > 1) found.push(circle.toSorted());
  };
  for (const file of next.keys()) if (!order.has(file)) visit(file);
  return found;
}

/** The files that are loaded when `entry` is: those that it imports as values, not by `import()`. */
export function loadedBy(edges: readonly Edge[], ...entries: readonly string[]): ReadonlySet<string> {
  const next = Map.groupBy(edges.filter(({ dynamic, typeOnly }) => !dynamic && !typeOnly), ({ from }) => from);
  const loaded = new Set<string>(entries);
  for (const file of loaded) for (const { to } of next.get(file) ?? []) loaded.add(to);
  return loaded;
}
