import { assertEquals } from "@std/assert";
import { type Identity, settingsDifference } from "../../lib/journal/settings.ts";

const then: Identity = {
  job: "ab".repeat(32),
  settings: { items: { null: "false", limit: null }, output: { input: "json", "max-line": "1b" } },
};
const given = (items: Identity["settings"]["items"], output: Identity["settings"]["output"] = {}, job = then.job) => ({
  job,
  settings: { items: { ...then.settings.items, ...items }, output: { ...then.settings.output, ...output } },
});

Deno.test("settings: the same ones can be resumed and retried", () => {
  assertEquals([settingsDifference(then, given({}), false), settingsDifference(then, given({}), true)], [
    undefined,
    undefined,
  ]);
});

Deno.test("settings: which items there are must never differ; the first difference is named, with both values", () => {
  const limit = { code: "journal-differs", about: "limit" } as const;
  const found = { ...limit, found: "it was made with limit = none, but this run has limit = 5" };
  for (const retry of [false, true]) assertEquals(settingsDifference(then, given({ limit: "5" }), retry), found);
  assertEquals(
    settingsDifference(given({ limit: "5" }), then, true)?.found,
    "it was made with limit = 5, but this run has limit = none",
  );
  assertEquals(settingsDifference(then, given({ null: "true", limit: "5" }), false)?.about, "null");
});

Deno.test("settings: the output's form and the job may differ in a retry only", () => {
  const changed = given({}, { input: "lines" }, "cd");
  assertEquals(settingsDifference(then, changed, true), undefined);
  assertEquals(settingsDifference(then, changed, false), {
    found: "it was made with input = json, but this run has input = lines",
    code: "journal-differs",
    about: "input",
  });
  for (const [job, name] of [["cd".repeat(32), "SHA-256 cdcdcdcdcdcd"], ["primes", "@primes"]]) {
    assertEquals(settingsDifference(then, given({}, {}, job), false), {
      found: `the job, or a module that it imports, has changed since (SHA-256 abababababab, now ${name}); ` +
        "undo the change, or name a new journal",
      code: "journal",
    });
  }
});
