import { assert, assertEquals } from "@std/assert";
import { savedDocument } from "../../../lib/report/schema/saved_document.ts";
import { saved } from "../exports/saved.ts";

Deno.test("savedDocument: what each command saves, with the fields of a later version", () => {
  for (const command of ["claims", "compare", "run", "jobs", "streams", "channel", "scale"] as const) {
    const document = { ...saved(command), since: "0.2.0" };
    assertEquals(savedDocument(document), document);
  }
});

Deno.test("savedDocument: what is wrong with another value, and where", () => {
  const damaged = (
    damage: (document: Record<string, unknown> & { result: { modes: Record<string, unknown>[] } }) => void,
  ) => {
    const document = JSON.parse(JSON.stringify(saved("compare")));
    damage(document);
    return savedDocument(document);
  };
  assertEquals(
    damaged((document) => document.result.modes[2].ratio = "x"),
    'result.modes[2].ratio: expected number, found "x"',
  );
  assertEquals(damaged((document) => delete document.machine), "machine is missing");
  assertEquals(damaged((document) => document.startedAt = "now"), 'startedAt: found "now"');
  const command = damaged((document) => document.command = "fly");
  assert(typeof command === "string" && command.startsWith('command: expected ("claims" | '), String(command));
});
