import { assertEquals, assertRejects } from "@std/assert";
import { untilReady } from "../../../lib/cli/terminal/terminal.ts";

Deno.test("untilReady: repeats a call whose file is not ready, after longer and longer pauses; other errors are thrown", async () => {
  const pauses: number[] = [];
  const clock = { wait: (ms: number) => (pauses.push(ms), { done: Promise.resolve(), cancel() {} }) };
  let left = 7;
  const call = () => left-- > 0 ? Promise.reject(new Deno.errors.WouldBlock("full")) : Promise.resolve("written");
  assertEquals(await untilReady(call, clock), "written");
  assertEquals(pauses, [1, 2, 4, 8, 16, 16, 16]);
  await assertRejects(
    () => untilReady(() => Promise.reject(new Deno.errors.BrokenPipe()), clock),
    Deno.errors.BrokenPipe,
  );
});
