import type { Document, Results } from "../../lib/model/document.ts";
import { testMachine } from "../cli/test_session.ts";

/** A document with this result, from a machine that no test runs on. */
export function documentOf<C extends keyof Results>(command: C, result: Results[C]): Document<C> {
  const hash = "ab".repeat(32);
  const rest = { jobSha256: null, itemsSha256: null, optionsSha256: hash, machineSha256: hash, versionsSha256: hash };
  return {
    schema: 1,
    tool: { name: "tandem", version: "0.1.0", deno: "2.9.6", v8: "15", target: "x86_64-unknown-linux-gnu" },
    command,
    startedAt: "2026-01-02T03:04:05.000Z",
    elapsedMs: 26_000,
    machine: testMachine,
    comparable: rest,
    options: {},
    seed: 42,
    result,
  };
}
