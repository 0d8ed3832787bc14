import { assert, assertEquals } from "@std/assert";
import { documentHead, type HeadParts, writeRendered } from "../../../lib/cli/terminal/documents.ts";
import { tool } from "../../../lib/tool.ts";
import { virtualClock } from "../../virtual_clock.ts";
import { testMachine, testSession, type TestSurroundings } from "../test_session.ts";

/** The head of a document of `compare`. */
async function headOf(parts: Partial<HeadParts<"compare">> = {}, surroundings: TestSurroundings = {}) {
  const { session } = testSession(surroundings);
  return await documentHead({ command: "compare", options: {}, ...parts }, session);
}

Deno.test("documentHead: the program, when it began and how long it took, the machine, and the values of its flags", async () => {
  const clock = virtualClock();
  await clock.wait(100).done;
  const { session } = testSession({ clock });
  await clock.wait(1_500).done;
  const { comparable, ...head } = await documentHead({ command: "compare", options: { rounds: 20 }, seed: 0 }, session);
  assertEquals(head, {
    schema: 1,
    tool,
    command: "compare",
    startedAt: "2026-01-02T03:04:05.000Z",
    elapsedMs: 1_500,
    machine: testMachine,
    options: { rounds: 20 },
    seed: 0,
  });
  assertEquals([comparable.jobSha256, comparable.itemsSha256], [null, null]);
});

Deno.test("documentHead: what the command knows of its job, items and machine; no seed is null", async () => {
  const machine = { ...testMachine, cores: 64 };
  const { session } = testSession();
  const asked = { ...session, machine: () => Promise.reject(new Error("asked again")) };
  const head = await documentHead({
    command: "compare",
    options: {},
    jobSha256: "j",
    itemsSha256: "i",
    machine,
  }, asked);
  assertEquals([head.machine, head.seed], [machine, null]);
  assertEquals([head.comparable.jobSha256, head.comparable.itemsSha256], ["j", "i"]);
});

Deno.test("documentHead: flags that only show a result, or name the items, leave documents comparable; others do not", async () => {
  const hash = async (options: object) => {
    const head = await headOf({ options, itemFlags: ["items"] }, { call: { shownOnly: ["color"] } });
    assertEquals(head.options, options);
    return head.comparable.optionsSha256;
  };
  const first = await hash({ rounds: 20, color: "auto", items: "a.jsonl" });
  assertEquals(await hash({ rounds: 20, color: "never", items: "b.jsonl" }), first);
  assert(await hash({ rounds: 21, color: "auto", items: "a.jsonl" }) !== first);
});

Deno.test("documentHead: machines are the same if system, processor and cores are, whatever memory is free", async () => {
  const hash = async (differing: Partial<typeof testMachine>) => {
    const { comparable } = await headOf({}, { machine: { ...testMachine, ...differing } });
    return comparable.machineSha256;
  };
  const first = await hash({});
  assertEquals(await hash({ freeBytes: 1 }), first);
  const others = [{ os: "darwin" }, { arch: "aarch64" }, { cpu: "Other" }, { cores: 3 }, { usableCores: 1 }] as const;
  for (const other of others) assert(await hash(other) !== first, JSON.stringify(other));
});

Deno.test("writeRendered: only a text for people may become ASCII", async () => {
  for (const [format, text, exact] of [["text", "2×1", ""], ["json", "", "2×1"]] as const) {
    const { stdout } = testSession();
    await writeRendered("2×1", format, stdout);
    assertEquals([stdout.text, stdout.exact], [text, exact]);
  }
});
