import { pathToFileURL } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { hashJob, localImports } from "../../lib/jobs/job_hash.ts";

Deno.test("localImports: relative paths of static imports, of export from, and of import() with a literal", () => {
  const source = `
    import a, { b } from "./a.ts";
    import "../side_effect.js";
    export * from './c.mjs';
    import data from "./data.json" with { type: "json" };
    const d = await import("./d.ts?x=1");
    import npm from "npm:chalk"; import mapped from "chalk"; import fs from "node:fs";
    const computed = await import(\`./\${d}.ts\`);
    import{e}from"./e.ts";import f from"./f.ts";`;
  assertEquals(
    localImports(source),
    ["./a.ts", "../side_effect.js", "./c.mjs", "./data.json", "./d.ts", "./e.ts", "./f.ts"],
  );
});

Deno.test("hashJob: changes with the job and its imports, not with the folder; handles circular imports", async () => {
  const folders = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  try {
    const hashes = await Promise.all(folders.map(async (folder) => {
      await Deno.writeTextFile(`${folder}/job.js`, 'import { a } from "./a.js"; export default () => a;');
      await Deno.writeTextFile(`${folder}/a.js`, 'import "./b.js"; export const a = 1; import "./missing.js";');
      await Deno.writeTextFile(`${folder}/b.js`, 'import "./job.js"; export const b = 1;');
      return await hashJob(pathToFileURL(`${folder}/job.js`).href);
    }));
    assertEquals(hashes[0], hashes[1]);
    await Deno.writeTextFile(`${folders[0]}/b.js`, 'import "./job.js"; export const b = 2;');
    assert(await hashJob(pathToFileURL(`${folders[0]}/job.js`).href) !== hashes[0]);
  } finally {
    for (const folder of folders) await Deno.remove(folder, { recursive: true });
  }
});
