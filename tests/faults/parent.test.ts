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
