import { bundledPackages, type ModuleGraph } from "./bundled.ts";
import { keyOf, type Lock, type Locked } from "./lock.ts";
import { denoPrinted } from "./program.ts";
import { sbom } from "./sbom.ts";

/** The bill of materials of this tree. Reads deno.lock, the entry points' imports, and the licences of packages in Deno's cache. */
export async function billOf(
  { version, license, deno, at }: {
    readonly version: string;
    readonly license: string;
    readonly deno: string;
    readonly at: Date;
  },
): Promise<string> {
  const lock: Lock = JSON.parse(await Deno.readTextFile("deno.lock"));
  const workers = [...Deno.readDirSync("workers")].map(({ name }) => `workers/${name}`);
  const graphs: ModuleGraph[] = await Promise.all(
    ["main.ts", ...workers].map(async (entry) => JSON.parse(await denoPrinted("info", "--json", "--frozen", entry))),
  );
  const bundled = new Set(graphs.flatMap((graph) => [...bundledPackages(graph, lock)]));
  const { npmCache }: { npmCache: string } = JSON.parse(await denoPrinted("info", "--json"));
  return sbom({ version, license, deno, lock, bundled, at, licenseOf: (locked) => licenseIn(npmCache, locked) });
}

/** Of a package in Deno's cache; undefined if it has none that SPDX knows. */
function licenseIn(npmCache: string, { key }: Locked): string | undefined {
  const { registry, scope, name, version } = keyOf(key);
  if (registry !== "npm") return undefined;
  const folder = `${npmCache}/registry.npmjs.org/${scope}/${name}/${version}`;
  const { license }: { license?: unknown } = JSON.parse(Deno.readTextFileSync(`${folder}/package.json`));
  return typeof license === "string" && !license.startsWith("SEE ") ? license : undefined;
}
