import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { canLoad, findJob } from "../../../lib/cli/job/job_file.ts";
import { JobError, type TandemError, UsageError } from "../../../lib/errors.ts";
import { fileUrl } from "../../../lib/paths.ts";

const sources = { standalone: false, deno: "2.9.6" };
const anywhere = { runtime: sources, home: undefined };
const oldExecutable = { standalone: true, deno: "2.6.10" };
const fixtures = new URL("../../fixtures", import.meta.url).pathname;

/** Why there is no such job. */
async function refusal(path: string, runtime = sources, kind: new (...given: never[]) => TandemError = JobError) {
  return (await assertRejects(() => findJob(path, { runtime, home: undefined }), kind)).message;
}

Deno.test("findJob: a module is its URL, and the folder that it may read is its project", async () => {
  assertEquals(await findJob("tests/fixtures/project/inner/tries.js", anywhere), {
    reference: { kind: "module", url: fileUrl(`${fixtures}/project/inner/tries.js`).href },
    reads: [`${fixtures}/project`],
    folder: `${fixtures}/project`,
  });
});

Deno.test("findJob: behind a link, imports and the project are those of the file that it leads to", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    Deno.symlinkSync(`${fixtures}/project/inner/tries.js`, `${folder}/link.js`);
    assertEquals(
      await findJob(`${folder}/link.js`, anywhere),
      await findJob(`${fixtures}/project/inner/tries.js`, anywhere),
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("findJob: the home folder is no project, though it may have a package.json or .git", async () => {
  const home = Deno.realPathSync(Deno.makeTempDirSync());
  try {
    Deno.mkdirSync(`${home}/scripts`);
    for (const file of ["package.json", "scripts/job.js"]) Deno.writeTextFileSync(`${home}/${file}`, "{}");
    const reads = async (home?: string) => (await findJob(job, { runtime: sources, home })).reads;
    const job = `${home}/scripts/job.js`;
    assertEquals(await reads(`${home}/`), [`${home}/scripts`]);
    assertEquals([await reads("/elsewhere"), await reads(undefined)], [[home], [home]]);
  } finally {
    Deno.removeSync(home, { recursive: true });
  }
});

Deno.test("findJob: a built-in job may read nothing, and has what it needs", async () => {
  const folder = Deno.cwd();
  assertEquals(await findJob("@primes", anywhere), {
    reference: { kind: "builtin", name: "primes" },
    reads: [],
    folder,
    needs: undefined,
  });
  assertEquals((await findJob("@http", { runtime: oldExecutable, home: undefined })).needs, { net: ["127.0.0.1"] });
  assertEquals(
    await refusal("@prims", sources, UsageError),
    'no built-in job "prims". Did you mean primes? See: tandem jobs; a file of that name is ./@prims',
  );
});

Deno.test("findJob: what is no module, what was found, and what to do", async () => {
  assertEquals(
    await refusal("", sources, UsageError),
    "the job's path is empty; name a module, like job.ts",
  );
  for (const url of ["https://a.b/c.js", "FILE:///c.js"]) {
    assertEquals(await refusal(url), `${url}: a URL; name a local module, like job.ts`);
  }
  assertMatch(await refusal("x-https://a.b"), /: no such file /);
  assertEquals(
    await refusal("no/such.js"),
    `no/such.js: no such file (looked for ${Deno.cwd()}/no/such.js); name a module, like job.ts`,
  );
  assertEquals(await refusal("lib"), "lib: a folder; name a module in it, like job.ts");
});

Deno.test("findJob: a name without its ending, or a built-in job without its @, is seen", async () => {
  const meant = async (path: string) => /; (.*)$/.exec(await refusal(path))?.[1];
  for (const file of ["echo.js", "square.ts"]) {
    const path = `tests/fixtures/jobs/${file}`;
    assertEquals(await meant(path.slice(0, -3)), `did you mean ${path}?`);
  }
  assertEquals(await meant("primes"), "did you mean @primes?");
  const folder = Deno.makeTempDirSync();
  try {
    Deno.mkdirSync(`${folder}/a.ts`);
    Deno.writeTextFileSync(`${folder}/a.mjs`, "");
    assertEquals(await meant(`${folder}/a`), `did you mean ${folder}/a.mjs?`); // a folder is no job
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("findJob: TypeScript that an executable cannot load, unless the user's own Deno does", async () => {
  const path = "tests/fixtures/jobs/square.ts";
  assertEquals(
    await refusal(path, oldExecutable),
    `${path}: this executable is made with Deno 2.6.10, which cannot load TypeScript or JSX (2.8.2 or newer can); ` +
      `use a JavaScript module, or run it under your own Deno: tandem run --deno ${path}`,
  );
  const { reference } = await findJob(path, { runtime: oldExecutable, home: undefined }, true);
  assertEquals(reference, { kind: "module", url: fileUrl(`${fixtures}/jobs/square.ts`).href });
});

Deno.test({
  name: "findJob: a file that Deno does not let us look at is not said to be missing",
  ignore: Deno.build.os !== "linux",
  permissions: { read: true },
  async fn() {
    assertEquals(
      await refusal("/proc/self/status"),
      "/proc/self/status: Deno protects files in /dev, /proc and /sys; copy the job to another folder",
    );
  },
});

Deno.test("canLoad: an executable loads TypeScript and JSX from Deno 2.8.2 on", () => {
  const executable = (deno: string) => canLoad("job.ts", { standalone: true, deno });
  for (const deno of ["2.8.2", "2.8.10", "2.9.0", "2.10.1", "3.0.0", "2.8.2+abc"]) assertEquals(executable(deno), true);
  for (const deno of ["2.8.1", "2.7.99", "1.99.99", "2.8.1-rc.3"]) assertEquals(executable(deno), false, deno);
});

Deno.test("canLoad: JavaScript is loaded everywhere, and everything where Deno runs the program", () => {
  const cannot = ["a.ts", "a.mts", "a.cts", "a.tsx", "a.jsx", "A.TS"];
  for (const file of cannot) assertEquals(canLoad(file, oldExecutable), false, file);
  for (const file of ["a.js", "a.mjs", "a.cjs", "ts", "a.ts.js"]) {
    assertEquals(canLoad(file, oldExecutable), true, file);
  }
  for (const file of cannot) assertEquals(canLoad(file, { standalone: false, deno: "2.6.10" }), true, file);
});
