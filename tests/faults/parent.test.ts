import { assertEquals } from "@std/assert";
import { isExecutable } from "../cli/programs.ts";
import { linux, testFault } from "./fault.ts";
import { gone } from "./process.ts";

const doing = {
  waiting: "await new Promise(() => {});",
  busy: "while (true);",
  blocked: "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
};

for (const [what, code] of Object.entries(doing)) {
  testFault("the parent is killed", `every child ends within 1 s beside a ${what} job`, async (scene) => {
    const { spawn, desk, grants } = scene;
    const job = `${desk.code} export default async (i) => { note(Deno.pid); ${code} }`;
    const running = spawn(job, ["--isolate=process", "-j2", ...grants], { input: "1\n2\n3\n" });
    while (desk.notes().length < 2) await new Promise((resolve) => setTimeout(resolve, 5)); // both children are at it
    running.kill("SIGKILL");
    await gone(desk.notes().map(Number), 1_000);
    await running.ended(); // nobody holds its pipes open
  }, !linux);
}

/** Programs that say that they are a runtime, and never become a slot: they note that they were started, and wait. */
const slow = (version: string, noted: string) =>
  `#!/bin/sh\n[ "$1" = --version ] && echo ${version} && exit\necho $$ > ${noted}\nexec sleep 60\n`;

for (const [name, version] of [["node", "v24.0.0"], ["bun", "1.4.5"]] as const) {
  testFault(
    "the parent is killed",
    `nothing is left in the folder for temporary files by a ${name} that starts`,
    async (scene) => {
      const { folder, spawn } = scene;
      const temporary = `${folder}/temporary`;
      Deno.mkdirSync(temporary);
      Deno.writeTextFileSync(`${folder}/${name}`, slow(version, `${folder}/started`), { mode: 0o755 });
      const flags = [`--runtime=${name}=${folder}/${name}`, "--allow-all", "-j1"];
      const running = spawn("export default (i) => i;", flags, { input: "1\n", env: { TMPDIR: temporary } });
      const started = () => {
        try {
          return Number(Deno.readTextFileSync(`${folder}/started`));
        } catch {
          return 0;
        }
      };
      while (started() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      running.kill("SIGKILL");
      await gone([running.pid], 1_000);
      Deno.kill(started(), "SIGKILL");
      await running.ended();
      assertEquals([...Deno.readDirSync(temporary)].map(({ name }) => name), []);
    },
    (program) => !linux || isExecutable(program),
  ); // an executable copies the slot out of itself, there
}

testFault("the parent is killed", "a slot in Node ends, beside a busy job", async (scene) => {
  const { spawn, desk, grants } = scene;
  const job = `${desk.code} export default (i) => { note(process.pid); while (true); }`;
  const flags = ["--runtime=node", "--allow-sys", "-j1", ...grants, "--allow-net"];
  const running = spawn(job, flags, { input: "1\n" });
  while (desk.notes().length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  running.kill("SIGKILL");
  await gone(desk.notes().map(Number), 1_000);
  await running.ended();
}, !linux);
