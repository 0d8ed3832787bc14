import { assertEquals, assertThrows } from "@std/assert";
import { type PaceFlags, runPace } from "../../../lib/cli/run/pace.ts";
import { UsageError } from "../../../lib/errors.ts";

const none: PaceFlags = {
  rate: [],
  burst: undefined,
  delay: undefined,
  key: undefined,
  perKey: undefined,
  perKeyRate: [],
  input: "json",
};
const rate = [{ count: 5, ms: 1_000 }];
const refused = (flags: Partial<PaceFlags>) => assertThrows(() => runPace({ ...none, ...flags }), UsageError).message;

Deno.test("pace: a rate or a delay holds back by time, limits of keys hold back by key", () => {
  const holdsBack = (flags: Partial<PaceFlags>) => runPace({ ...none, ...flags }).holdsBack;
  assertEquals([holdsBack({ rate }), holdsBack({ delay: 5 }), holdsBack({ rate, burst: 2 })], ["rate", "rate", "rate"]);
  assertEquals([holdsBack({ key: "a", perKey: 1 }), holdsBack({ rate, key: ".", perKeyRate: rate })], ["key", "key"]);
  assertEquals(holdsBack({ key: "host:.", perKey: 1, input: "lines" }), "key");
  for (const input of ["array", "csv", "tsv"] as const) assertEquals(holdsBack({ key: "id", perKey: 1, input }), "key");
});

Deno.test("pace: a flag that says nothing without another one is refused", () => {
  assertEquals(refused({ burst: 3 }), "--burst is of a rate: add --rate, like --rate 5/s");
  assertEquals(
    refused({ perKey: 3 }),
    "--per-key needs to know what a key is: add --key, like --key user.id or --key host:url",
  );
  assertEquals(refused({ perKeyRate: rate }).startsWith("--per-key-rate needs to know"), true);
  assertEquals(refused({ key: "a" }), "--key limits nothing by itself: add --per-key 4, --per-key-rate 5/s, or both");
});

Deno.test("pace: a key that no item can have is refused", () => {
  assertEquals(
    refused({ key: "a..b", perKey: 1 }),
    "--key a..b: expected the path of a field, like user.id, items[0].id, host:url, or . for the item",
  );
  assertEquals(
    refused({ key: "url", perKey: 1, input: "lines" }),
    "--key url: lines of text have no fields; with --input lines use --key . or --key host:.",
  );
});
