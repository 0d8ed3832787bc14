import { pathToFileURL } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { hashJob } from "../../lib/jobs/job_hash.ts";

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
