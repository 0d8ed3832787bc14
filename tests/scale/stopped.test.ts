import { assertEquals } from "@std/assert";
import type { ChildEnd } from "../../lib/child/run_child.ts";
import { memoryUse } from "../../lib/scale/limits.ts";
import { type Ending, whyStopped } from "../../lib/scale/stopped.ts";

const limits = [{ name: "memory", value: 1000, used: 100 }, { name: "open-files", value: 64, used: 20 }] as const;
const ending: Omit<Ending, "end"> = {
  kind: "promise",
  stop: null,
  limits,
  use: memoryUse(10),
  interrupted: false,
  maxMs: 500,
};
const killed = (signal: string, said = ""): ChildEnd => ({ kind: "killed", signal, said });
const failed = (said: string): ChildEnd => ({ kind: "failed", code: 1, said });

const rows:
  readonly (readonly [what: string, end: ChildEnd, parts: Partial<Ending>, stoppedBy: unknown, limit: unknown])[] = [
    ["it came to its end", { kind: "done" }, {}, null, null],
    ["it says why itself", { kind: "done" }, { stop: { stoppedBy: "max-memory", limit: 7 } }, "max-memory", 7],
    ["the user", { kind: "stopped" }, { interrupted: true }, "interrupted", null],
    ["it took too long", { kind: "stopped" }, {}, "max-time", 500],
    ["memory was nearly used up", killed("SIGKILL"), { use: memoryUse(850) }, "memory", 1000],
    ["nobody knows who killed it", killed("SIGKILL"), {}, "killed", null],
    ["a signal of a crash", killed("SIGTRAP"), {}, "crashed", null],
    ["an exit", failed("it broke"), {}, "crashed", null],
    ["files, which its message names", failed("Too many open files (os error 24)"), {}, "open-files", 64],
    ["files, without a limit that is known", failed("Too many open files"), { limits: [] }, "open-files", null],
    ["it could not be started", { kind: "failed", code: null, said: "no memory" }, {}, "crashed", null],
  ];

for (const [what, end, parts, stoppedBy, limit] of rows) {
  Deno.test(`stopped: ${what}`, () => {
    const why = whyStopped({ ...ending, ...parts, end });
    assertEquals([why.stoppedBy, why.limit], [stoppedBy, limit]);
  });
}

Deno.test("stopped: what a child said is kept, and the signal before it", () => {
  assertEquals(whyStopped({ ...ending, end: failed("it broke") }).said, "it broke");
  assertEquals(whyStopped({ ...ending, end: killed("SIGTRAP", "heap") }).said, "SIGTRAP\nheap");
});
