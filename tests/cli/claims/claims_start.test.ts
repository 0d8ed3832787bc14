import { assertEquals, assertMatch } from "@std/assert";
import type { Host } from "../../../lib/exec/host/host.ts";
import { fakeMachine } from "../../bench/fake_machine.ts";
import { theory } from "../../claims/theory.ts";
import { call, failingCall } from "../in_process.ts";

Deno.test("claims: what is wrong with its command line is said before anything is measured", async () => {
  const host: Host = () => {
    throw new Error("a slot was started");
  };
  const refused = async (...args: string[]) =>
    (await failingCall(["claims", ...args], { ...fakeMachine(theory), host })).stderr;
  assertMatch(await refused("nosuch"), /^tandem: unknown claim "nosuch"/);
  assertEquals(await refused("--quick", "--full"), "tandem: --quick and --full exclude each other: give one of them\n");
  assertEquals(
    await refused("--json", "--ndjson"),
    "tandem: --json and --ndjson exclude each other: give one of them\n",
  );
});

Deno.test("claims: stopped before it begins, each claim is skipped, in every form of the result", async () => {
  const stopped = (...args: string[]) =>
    call(["claims", "threads-parallel", "both-together", ...args], {
      ...fakeMachine(theory),
      stop: AbortSignal.abort(),
    });
  const text = await stopped();
  assertEquals([text.code, text.stderr], [0, ""]);
  assertMatch(text.stdout, /\n2 skipped /);
  const lines = (await stopped("--ndjson")).stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines.map(({ id, verdict }) => [id, verdict]), [
    ["threads-parallel", "skipped"],
    ["both-together", "skipped"],
  ]);
  const { command, seed, options, result } = JSON.parse((await stopped("--json", "--seed=7")).stdout);
  assertEquals([command, seed, options.seed, result.counts.skipped], ["claims", 7, 7, 2]);
  assertEquals((await stopped("--fail-on=fails,unclear")).code, 0); // a skipped claim neither fails nor is unclear
});
