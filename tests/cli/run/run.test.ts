import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { canLoad } from "../../../lib/cli/job/job_file.ts";
import { programs, run } from "../programs.ts";

const fixtures = `${import.meta.dirname}/../../fixtures`;
const tries = `${fixtures}/project/inner/tries.js`;

async function withInput(text: string, test: (file: string) => Promise<void>): Promise<void> {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, text);
    await test(file);
  } finally {
    await Deno.remove(file);
  }
}

for (const program of programs) {
  Deno.test(`${program.name}: run: results in order on stdout, error records with their line on stderr`, async () => {
    const input = '"read project"\n\nnot json\n"throw"\n"read project"';
    await withInput(input, async (file) => {
      const { code, stdout, stderr } = await run(program, ["run", tries, file, "-j2", "--tasks", "2"]);
      assertEquals([code, stdout], [1, '"the project"\n"the project"\n']);
      const records = stderr.trim().split("\n");
      assertMatch(records.pop() ?? "", /^done: 2 ok, 2 failed \(exit 1\) . 2[×x]2 . /);
      const [syntax, thrown] = records.map((record) => JSON.parse(record)).sort((a, b) => a.line - b.line);
      assertEquals([syntax.line, syntax.error.name], [3, "SyntaxError"]);
      assertEquals(thrown, { line: 4, error: { name: "TypeError", message: "as asked" } });
    });
  });

  Deno.test(`${program.name}: run: an ungranted job reads its project, is denied the rest, and cannot end the program`, async () => {
    const denied = [
      "read outside",
      "write project",
      "net",
      "env",
      "run",
      "sys",
      "ffi",
      "exit",
      "process.exit",
      "close",
    ];
    const input = [...denied, "read project"].join("\n");
    await withInput(input, async (file) => {
      const { code, stdout, stderr } = await run(program, ["run", tries, file, "--input", "lines"]);
      assertEquals([code, stdout], [1, '"the project"\n']);
      assertStringIncludes(stderr, `done: 1 ok, ${denied.length} failed`);
      assertEquals(stderr.match(/"NotCapable"/g)?.length, denied.length - 3);
    });
  });

  Deno.test(`${program.name}: run: TypeScript works, or says what to use instead`, async () => {
    const { deno } = JSON.parse((await run(program, ["--version", "--json"])).stdout);
    await withInput("3\n4\n", async (file) => {
      const { code, stdout, stderr } = await run(program, ["run", `${fixtures}/jobs/square.ts`, file]);
      if (canLoad("square.ts", { standalone: program.name.startsWith("dist"), deno })) {
        assertEquals([code, stdout], [0, "9\n16\n"]);
      } else {
        assertEquals([code, stdout, stderr.trim().split("\n").length], [2, "", 1]);
        assertStringIncludes(stderr, "use a JavaScript module");
      }
    });
  });
}

Deno.test("run: which executables load TypeScript", () => {
  const loads = (deno: string, standalone = true) => canLoad("/a/job.ts", { deno, standalone });
  assertEquals([loads("2.6.10"), loads("2.8.1"), loads("2.8.2"), loads("2.9.6"), loads("3.0.0")], [
    false,
    false,
    true,
    true,
    true,
  ]);
  assert(!canLoad("/a/job.jsx", { deno: "2.6.10", standalone: true }));
  assert(loads("2.6.10", false) && canLoad("/a/job.js", { deno: "2.6.10", standalone: true }));
});
