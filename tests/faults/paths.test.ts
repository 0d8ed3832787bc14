import { assertEquals } from "@std/assert";
import { run } from "../cli/programs.ts";
import { inShell, testFault, unix } from "./fault.ts";

const row = "path with #, %, space, a relative path";
const job = 'import { two } from "./the%20%232 50%25.js"; export default (n) => n * two;'; // a specifier is a URL
const other = "export const two = 2;";

for (const isolate of ["--isolate=worker", "--isolate=process"]) {
  testFault(row, `the job's, its import's and the input's, ${isolate}`, async ({ program, folder }) => {
    const strange = `${folder}/a #1 100% é ?x [y]`;
    Deno.mkdirSync(strange);
    const files = [["job #1 %20.js", job], ["the #2 50%.js", other], ["in #3 %41.ndjson", "4\n"]];
    for (const [name, text] of files) Deno.writeTextFileSync(`${strange}/${name}`, text);
    const paths = [`${strange}/job #1 %20.js`, `${strange}/in #3 %41.ndjson`];
    const { code, stdout, stderr } = await run(program, ["run", ...paths, isolate, "-q"]);
    assertEquals([code, stdout], [0, "8\n"], stderr);
  });

  testFault(row, `relative ones, from any folder, ${isolate}`, async ({ program, folder }) => {
    Deno.mkdirSync(`${folder}/a #1 50%`);
    Deno.writeTextFileSync(
      `${folder}/a #1 50%/the job.js`,
      'import { two } from "./two.js"; export default (n) => n * two;',
    );
    Deno.writeTextFileSync(`${folder}/a #1 50%/two.js`, other);
    Deno.writeTextFileSync(`${folder}/input`, "4\n");
    const wrap = inShell('cd "$FOLDER" && exec "$@"');
    for (const job of ["a #1 50%/the job.js", "./a #1 50%/../a #1 50%/the job.js"]) {
      const { code, stdout, stderr } = await run(program, ["run", job, "input", isolate, "-q"], {
        wrap,
        env: { FOLDER: folder },
      });
      assertEquals([code, stdout], [0, "8\n"], stderr);
    }
  }, !unix);
}
