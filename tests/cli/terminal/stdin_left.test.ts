import { assert, assertEquals } from "@std/assert";
import { openDesk } from "../../exec/host/desk.ts";
import { inShell, inTerminal, linux } from "../../faults/fault.ts";
import { spawn, testEach } from "../programs.ts";

/** What a shell does with a file of 100 lines of 10 bytes before tandem gets it as its stdin, and the lines that are left. */
const cases: readonly { readonly script: string; readonly left: number }[] = [
  { script: '"$@"', left: 100 },
  { script: 'head -c 400 > /dev/null; "$@"', left: 60 },
  { script: 'exec 3<&0; read line <&3; "$@" <&3', left: 99 },
  { script: 'cat > /dev/null; printf "1%08d\\n" 1 2 3 4 >> "$FILE"; "$@"', left: 4 },
];

for (const { script, left } of cases) {
  testEach(`run: of a stdin that others have read, the total is what is left: ${script}`, async (program) => {
    const folder = await Deno.makeTempDir({ prefix: "tandem_stdin_" });
    await using desk = openDesk();
    try {
      const FILE = `${folder}/input`;
      await Deno.writeTextFile(FILE, "123456789\n".repeat(100));
      const code = `${desk.code} export default async (n) => { await tell("item"); return n; }`;
      await Deno.writeTextFile(`${folder}/job.js`, code);
      const { net, read, write } = desk.permissions;
      const grants = [`--allow-net=${net}`, `--allow-read=${read}`, `--allow-write=${write}`];
      const running = spawn(program, ["run", `${folder}/job.js`, "-j1", ...grants], {
        env: { FILE },
        wrap: (command) => inTerminal(`< '${FILE}' > '${folder}/output'`)(inShell(script)(command)),
      });
      (await desk.next()).goOn();
      let screen = "";
      while (!/ 1\/\d+ /.test(screen)) {
        const part = await running.part();
        assert(part !== "", screen);
        screen += part;
      }
      assertEquals(/ 1\/\d+ /.exec(screen)?.[0], ` 1/${left} `);
      for (let i = 1; i < left; i++) (await desk.next()).goOn();
      const { code: exit, stdout } = await running.ended();
      assertEquals([exit, (await Deno.readTextFile(`${folder}/output`)).split("\n").length - 1], [0, left], stdout);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }, !linux);
}
