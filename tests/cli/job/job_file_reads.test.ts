import { assertEquals } from "@std/assert";
import { findJob } from "../../../lib/cli/job/job_file.ts";
import { JobError } from "../../../lib/errors.ts";
import { inFolder } from "../in_folder.ts";

const runtime = { standalone: false, deno: "2.9.6" };

Deno.test("findJob: without a project, a job may read its own modules, and no other file that it names as one", async () => {
  const files = {
    "job.js": 'import "./lib/a.js"; import data from "./data.json" with { type: "json" }; import "./key";',
    "lib/a.js": 'export * from "../b.mts";',
    "b.mts": "",
    "data.json": "1",
    "key": "secret",
    "other.js": "",
  };
  await inFolder(files, async (root) => {
    const home = Deno.realPathSync(root);
    const { reads, folder } = await findJob(`${root}/job.js`, { runtime, home });
    assertEquals(reads.map((file) => file.replace(`${home}/`, "")).toSorted(), [
      "b.mts",
      "data.json",
      "job.js",
      "lib/a.js",
    ]);
    assertEquals(folder, `${home}/`);
  });
});

Deno.test("findJob: the command that runs TypeScript under the user's own Deno can be pasted", async () => {
  await inFolder({ "-a.ts": "", "b c.ts": "" }, async (root) => {
    const old = { standalone: true, deno: "2.6.10" };
    const remedy = async (name: string) => {
      try {
        await findJob(name, { runtime: old, home: undefined });
      } catch (error) {
        if (error instanceof JobError) return error.message.split(": ").at(-1);
        throw error;
      }
    };
    assertEquals(await remedy(`${root}/b c.ts`), `tandem run --deno '${root}/b c.ts'`);
  });
});
