import { fileURLToPath, pathToFileURL } from "node:url";
import packages from "./programs/deno.json" with { type: "json" };

/** What a contender may need besides Deno and this project. */
export type Need = "executable" | "packages" | "node" | "parallel" | "xargs";

/** The packages that are measured, and the file that Node imports of each. */
export const libraries = {
  piscina: "dist/esm-wrapper.mjs",
  poolifier: "lib/index.mjs",
  workerpool: "src/index.js",
} as const;

export type Library = keyof typeof libraries;

export const root = new URL("../../../", import.meta.url);
export const programs = new URL("programs/", import.meta.url);

/** Where npm puts the packages for Node: not into the project. */
const nodeFolder = cacheFolder();

/** The URL of a package under Node. */
export function underNode(library: Library): string {
  return new URL(`node_modules/${library}/${libraries[library]}`, nodeFolder).href;
}

/** Looks for everything that is needed, and fetches the packages. Returns why something cannot be had. */
export async function missing(needs: ReadonlySet<Need>): Promise<ReadonlyMap<Need, string>> {
  const reasons = new Map<Need, string>();
  for (const need of needs) {
    const reason = await checks[need]();
    if (reason !== undefined) reasons.set(need, reason);
  }
  return reasons;
}

const checks: Readonly<Record<Need, () => Promise<string | undefined>>> = {
  async executable() {
    const found = await Deno.stat(new URL("dist/tandem", root)).catch(() => undefined);
    return found ? undefined : "no dist/tandem: deno task compile";
  },
  async packages() {
    const installed = await run(Deno.execPath(), ["install", "--frozen", "--quiet"], programs);
    return installed === undefined ? undefined : `no npm packages for Deno: ${installed}`;
  },
  async node() {
    // where there is none, Deno 2.9 gives its children a `node` that is Deno
    const started = await run("node", ["--eval", "process.exit(process.versions.deno ? 1 : 0)"]);
    return started === undefined ? await installForNode() : "no Node: https://nodejs.org, 20 or newer";
  },
  async parallel() {
    const started = await run("parallel", ["--version"]);
    return started === undefined ? undefined : "no GNU parallel: in Debian, apt-get install parallel";
  },
  async xargs() {
    const started = await run("xargs", ["--version"]);
    return started === undefined ? undefined : "no GNU xargs: in Debian, apt-get install findutils";
  },
};

async function installForNode(): Promise<string | undefined> {
  const wanted = Object.values(packages.imports).map((specifier) => specifier.replace("npm:", ""));
  await Deno.mkdir(nodeFolder, { recursive: true });
  const there = await Promise.all(wanted.map(async (name) => {
    const [library, version] = name.split("@");
    const file = new URL(`node_modules/${library}/package.json`, nodeFolder);
    const found: { readonly version?: string } = JSON.parse(await Deno.readTextFile(file).catch(() => "{}"));
    return found.version === version;
  }));
  if (there.every(Boolean)) return undefined;
  const flags = ["--no-save", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const installed = await run("npm", ["install", "--prefix", fileURLToPath(nodeFolder), ...flags, ...wanted]);
  return installed === undefined ? undefined : `no npm packages for Node: ${installed}`;
}

/** Runs a program; returns what went wrong. */
async function run(file: string, args: readonly string[], cwd?: URL): Promise<string | undefined> {
  try {
    const options: Deno.CommandOptions = { args: [...args], cwd, env: { NO_COLOR: "1" }, stdout: "null" };
    const { success, stderr } = await new Deno.Command(file, options).output();
    return success ? undefined : new TextDecoder().decode(stderr).trim().split("\n")[0];
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function cacheFolder(): URL {
  const home = Deno.env.get("XDG_CACHE_HOME") || `${Deno.env.get("HOME") ?? "/tmp"}/.cache`;
  return pathToFileURL(`${home}/tandem-benchmarks/`);
}
