/**
 * Makes dist/release: an archive for each target of `deno compile`, a bill of materials, the install script, and SHA256SUMS; with
 * a tag, beside it dist/release_notes.md.
 *
 * `deno task release [--tag=vX.Y.Z] [TARGET...]`. With a tag it fails before it begins if the tag is not that of the version in
 * deno.json, or if the changelog has no section for it. Exit code 1: a target is missing; 2: it did not begin.
 */
import config from "../deno.json" with { type: "json" };
import { asked } from "./release/asked.ts";
import { refusedBase } from "./release/base.ts";
import { billOf } from "./release/bill.ts";
import { compile, compileArguments } from "./release/compile.ts";
import { extras } from "./release/extras.ts";
import { setTimes } from "./release/files.ts";
import { installScript } from "./release/install_script.ts";
import { makeRelease } from "./release/make.ts";
import { releasedAt } from "./release/moment.ts";
import { denoPrinted, printed } from "./release/program.ts";
import { folderOf, type Target } from "./release/targets.ts";

const folder = "dist/release";
const { license, version } = config;
const encoder = new TextEncoder();

/** Compiles for a target. What can run here says whose base it has: nothing else checks what Deno has in its cache. */
async function executable(target: Target, deno: string) {
  const path = `.cache/release/${folderOf(target)}/${target.executable}`;
  const failed = await compile(compileArguments(config.tasks.compile.command), target.name, path);
  const refused = failed ?? (target.name === Deno.build.target ? await refusedBase(path, deno) : undefined);
  return refused ?? Deno.readFileSync(path);
}

async function release(args: readonly string[]): Promise<0 | 1> {
  const deno = (await Deno.readTextFile(".dvmrc")).trim();
  if (Deno.version.deno !== deno) throw new Error(`this is Deno ${Deno.version.deno}, and .dvmrc has ${deno}`);
  const { notes, targets } = asked(args, await Deno.readTextFile("CHANGELOG.md"), version);
  const at = releasedAt(Deno.env.get("SOURCE_DATE_EPOCH") || await printed("git", ["log", "-1", "--format=%ct"]));
  if (Deno.env.has("DENORT_BIN")) {
    console.error("release: DENORT_BIN is not used: it would be the base of every target");
  }
  await denoPrinted("task", "--quiet", "bundle");
  setTimes(".cache/bundle", at);
  const bill = { path: "sbom.cdx.json", bytes: encoder.encode(await billOf({ version, license, deno, at })) };
  const repository = Deno.env.get("GITHUB_REPOSITORY");
  const script = await Deno.readTextFile(".github/install.sh");
  const install = {
    path: "install.sh",
    bytes: encoder.encode(repository ? installScript(script, repository) : script),
  };
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { recursive: true });
  if (notes !== undefined) await Deno.writeTextFile("dist/release_notes.md", notes);
  return await makeRelease({
    targets,
    executable: (target) => executable(target, deno),
    extras: [...await extras(), bill],
    besides: [{ ...bill, path: "tandem.cdx.json" }, install],
    at,
    write: ({ path, bytes }) => Deno.writeFileSync(`${folder}/${path}`, bytes),
    say: (line) => console.error(line),
  });
}

try {
  Deno.exit(await release(Deno.args));
} catch (error) {
  console.error(`release: ${error instanceof Error ? error.message : error}`);
  Deno.exit(2);
}
