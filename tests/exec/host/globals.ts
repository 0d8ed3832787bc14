import { assert, assertEquals } from "@std/assert";
import type { Outcome } from "../../../lib/model/item.ts";
import { numbers } from "../inline_job.ts";
import { type Stage, values } from "./stage.ts";

const fixtures = new URL("../../fixtures/jobs/", import.meta.url);
const probes = ["number", "text", "data", "unencodable", "throw", "wait", "reject", "signal", "long"];

/** Deno itself uses these in the loop that brings our messages: nobody can help a thread that has lost them. */
const vital = ["Function.prototype.call", "Promise.prototype.constructor", "Promise.Symbol(Symbol.species)"];

/** By these values come: all items of a generator depend on them. */
const ofGenerators = ["async generator.next"];

/** A job may replace all that the language and the platform give: its thread goes on with right results. */
export function testGlobals(stage: Stage): void {
  const jobs = [
    ["function", "replaces_globals.js", 3, vital],
    ["generator", "replaces_globals_generator.js", 1, [...vital, ...ofGenerators]],
  ] as const;
  for (const [kind, file, tasks, spared] of jobs) {
    for (const how of ["throws", "lies"]) {
      stage.test(`a ${kind} that replaces globals, each by one that ${how}, harms no other item`, async () => {
        const job = new URL(file, fixtures);
        await stage.pool(job, { threads: 1, tasks }, async ({ run }) => {
          const outcomes = async (items: readonly unknown[]) =>
            (await Array.fromAsync(run(items))).filter(({ kind }) => kind !== "end");
          const probe = async (...before: unknown[]) => {
            const seen = await outcomes([...before, ...probes.map((act) => ({ act }))]);
            return seen.slice(before.length).map((outcome) => short({ ...outcome, index: 0 }));
          };
          const [names] = values(await outcomes([{ act: "names" }])) as [string[]];
          assert(names.length > 500, `${names.length}`);
          const expected = await probe();
          const chosen = numbers(names.length).filter((at) => !spared.includes(names[at]));
          for (const at of chosen) {
            assertEquals(await probe({ act: "replace", at, how }), expected, `without ${names[at]}`);
          }
          assertEquals(values(await outcomes([{ act: "count" }])), [chosen.length], "the same thread goes on");
        });
      });
    }
  }
}

/** An outcome, with long text shown by its length. */
function short(outcome: Outcome): unknown {
  const long = "value" in outcome && typeof outcome.value === "string" && outcome.value.length > 1000;
  return long ? { ...outcome, value: outcome.value.length } : outcome;
}
