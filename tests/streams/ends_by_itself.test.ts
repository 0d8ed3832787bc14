import { assertEquals } from "@std/assert";

Deno.test("the stream program ends by itself: no timer and no worker keeps it alive", async () => {
  const script = new URL("../fixtures/ends_by_itself.ts", import.meta.url);
  const args = ["run", "--frozen", "--cached-only", "--no-prompt", "--allow-read", script.href];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "piped", signal: AbortSignal.timeout(30_000) });
  const { code, stdout } = await child.output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  const both = ["Interval #1", "Message: 'a'", "Interval #1", "Message: 'a'"];
  assertEquals([code, lines], [0, [...both, "no Deno.exit follows"]]);
});
