import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { errorRecords, inTerminal, linux, testFault } from "./fault.ts";

/** What a job may not do by itself, and the flag that allows it. */
const denied: readonly (readonly [code: string, flag: string])[] = [
  ['Deno.readTextFile("/etc/passwd")', "--allow-read"],
  ['Deno.writeTextFile("written", "")', "--allow-write"],
  ['fetch("http://127.0.0.1:8080/")', "--allow-net"],
  ['Deno.env.get("HOME")', "--allow-env"],
  ['new Deno.Command("true").output()', "--allow-run"],
  ["Deno.hostname()", "--allow-sys"],
  ['Deno.dlopen("libc.so.6", {})', ""],
  ['Deno.permissions.request({ name: "net" }).then(({ state }) => { throw new Error(state + " --allow-net"); })', ""],
];

for (const isolate of ["--isolate=worker", "--isolate=process"]) {
  const cell = `no prompt ever: an error that names the flag, ${isolate}`;
  testFault("a permission is missing, on a terminal", cell, async ({ run, folder }) => {
    const job = `const acts = [${denied.map(([code]) => `() => ${code}`)}];
      export default async (i) => { await acts[i]?.(); return "last"; }`;
    const [input, output] = [`${folder}/input`, `${folder}/output`];
    Deno.writeTextFileSync(input, [...denied.keys(), 99].join("\n"));
    for (const redirect of ["", `> '${output}'`, `2> '${output}'`]) {
      const { code, stdout } = await run(job, [input, isolate, "-j1"], { wrap: inTerminal(redirect) });
      const all = stdout.replaceAll("\r", "") + (redirect && await Deno.readTextFile(output));
      assert(!/Allow\?|\[y\/n/i.test(all), all);
      assertEquals(code, 1, all);
      assertStringIncludes(all, '"last"\n');
      const records = errorRecords(all.replaceAll("\x1b[K", "\n"));
      assertEquals(records.map(({ line }) => line), denied.map((_, i) => i + 1), all);
      for (const [i, [, flag]] of denied.entries()) assertStringIncludes(records[i].error.message, flag);
    }
  }, !linux);
}
