import { assertEquals, assertStringIncludes } from "@std/assert";
import { spawn } from "../programs.ts";

const root = `${import.meta.dirname}/../../..`;
const flags = ["--frozen", "--cached-only", "--no-prompt", "--unstable-lazy-dynamic-imports", "--allow-all"];

/** A copy of our sources, which a test may remove. */
async function copied(): Promise<{ readonly folder: string } & AsyncDisposable> {
  const folder = await Deno.makeTempDir();
  await new Deno.Command("cp", {
    args: ["-r", ...["lib", "workers", "main.ts", "deno.json", "deno.lock"].map((name) => `${root}/${name}`), folder],
  }).output();
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

Deno.test({
  name: "run: a long run ends as it should after our files are gone: summary, what to do next, and the JSON document",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using copy = await copied();
    const { folder } = copy;
    const program = { name: "copy", command: [Deno.execPath(), "run", ...flags, `${folder}/main.ts`] };
    const pipe = `${folder}/pipe`;
    await new Deno.Command("mkfifo", { args: [pipe] }).output();
    const job = `${root}/tests/fixtures/jobs/echo.js`;
    const exported = ["--journal", `${folder}/journal`, "--export-json", `${folder}/summary.json`];
    const running = spawn(program, ["run", job, "-j1", ...exported, pipe]);
    const input = await Deno.open(pipe, { write: true });
    await input.write(new TextEncoder().encode("1\n"));
    assertEquals(await running.lines(1), ["1"]);
    await Deno.remove(`${folder}/lib`, { recursive: true });
    await input.write(new TextEncoder().encode("not json\n"));
    input.close();
    const { code, stderr } = await running.ended();
    assertEquals(code, 1, stderr);
    assertStringIncludes(stderr, "Again: ");
    assertEquals(JSON.parse(await Deno.readTextFile(`${folder}/summary.json`)).result.failed, 1);
  },
});
