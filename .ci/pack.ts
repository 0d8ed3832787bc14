/**
 * Makes the npm package of tandem out of the modules in .cache/bundle: the folder dist/npm and dist/tandem-VERSION.tgz.
 * `npx -y ./dist/tandem-VERSION.tgz` runs it on a machine with Node alone. Its package.json is made here; the tree has none,
 * because with one Deno looks for packages in node_modules.
 */
import config from "../deno.json" with { type: "json" };
import { packageOf, programConfig, runArguments } from "./release/npm_package.ts";
import { filesIn } from "./release/files.ts";
import { type ArchivedFile, tarGz } from "./release/tar.ts";

const deno = (await Deno.readTextFile(".dvmrc")).trim();
const { license, version } = config;
const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
const copied = (path: string, from = path) => ({ path, bytes: Deno.readFileSync(from) });
const files: readonly ArchivedFile[] = [
  { path: "package.json", bytes: json(packageOf({ version, deno, license })) },
  { path: "run_arguments.json", bytes: json(runArguments) },
  { path: "program/deno.json", bytes: json(programConfig(config)) },
  ...filesIn(".cache/bundle", "program"),
  { ...copied("bin/tandem", ".ci/npm/tandem.cjs"), executable: true },
  copied("start.cjs", ".ci/npm/start.cjs"),
  copied("install.cjs", ".ci/npm/install.cjs"),
  copied("README.md"),
  copied("LICENSE"),
];

const folder = "dist/npm";
await Deno.remove(folder, { recursive: true }).catch(() => {});
for (const { path, bytes, executable } of files) {
  await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
  await Deno.writeFile(`${folder}/${path}`, bytes, { mode: executable ? 0o755 : 0o644 });
}
const packed = `dist/tandem-${version}.tgz`;
const npmsTime = new Date("1985-10-26T08:15:00Z"); // npm gives it to every file
const bytes = tarGz(files.map((file) => ({ ...file, path: `package/${file.path}` })), npmsTime);
await Deno.writeFile(packed, bytes);
console.log(`${packed}: ${(bytes.length / 1024).toFixed(0)} KiB, ${files.length} files; runs under npm's deno ${deno}`);
