import { assertEquals } from "@std/assert";
import { limit } from "../lib/limit.ts";

Deno.test("limit: calls back once, when its time is over", async () => {
  let calls = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  limit(1, () => {
    calls++;
    resolve();
  });
  await promise;
  assertEquals(calls, 1);
});

Deno.test("limit: a cancelled one does not call back, and the process does not wait for it", async () => {
  const script =
    'import { limit } from "./lib/limit.ts"; limit(600_000, () => console.log("called"))(); console.log("end");';
  const root = new URL("../", import.meta.url);
  const child = new Deno.Command(Deno.execPath(), { args: ["eval", script], cwd: root, stdout: "piped" });
  const { success, stdout } = await child.output();
  assertEquals([success, new TextDecoder().decode(stdout)], [true, "end\n"]);
});
