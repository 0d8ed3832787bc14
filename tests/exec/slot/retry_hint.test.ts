import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { hintsBy } from "../../../lib/exec/slot/retry_hint.ts";

const hintOf = hintsBy({ maxMs: 60_000 }, "--retry-max");
const never = { afterMs: -1 };

/** What an error with these properties says. */
const said = (properties: object) => hintOf(Object.assign(new Error("busy"), properties), "Error");
const response = (retryAfter?: string) =>
  new Response("", { status: 429, headers: retryAfter === undefined ? {} : { "retry-after": retryAfter } });

Deno.test("retry hint: most errors say nothing", () => {
  for (const thrown of [new Error("x"), "text", null, undefined, 7, {}, [], response()]) {
    assertEquals(hintOf(thrown, "Error"), undefined);
  }
  assertEquals(said({ retryable: true }), undefined);
  assertEquals(said({ retryable: 0 }), undefined, "only false says that it must not run again");
});

Deno.test("retry hint: seconds, in whole milliseconds; a text as in a header", () => {
  assertEquals(said({ retryAfter: 30 }), { afterMs: 30_000 });
  assertEquals(said({ retryAfter: 0.0101 }), { afterMs: 11 });
  assertEquals(said({ retryAfter: "2" }), { afterMs: 2_000 });
  assertEquals(hintOf({ retryAfter: 1 }, "Error"), { afterMs: 1_000 }, "what is thrown need not be an Error");
  assertEquals(said({ retryAfter: 60 }), { afterMs: 60_000 });
});

Deno.test("retry hint: a Date, and one in the past says nothing", () => {
  const ms = said({ retryAfter: new Date(Date.now() + 20_000) })?.afterMs ?? 0;
  assert(ms > 10_000 && ms <= 20_000, `${ms}`);
  assertEquals(said({ retryAfter: new Date(0) }), undefined);
});

Deno.test("retry hint: the header of a thrown Response: seconds or an HTTP date, and nothing else", () => {
  assertEquals(hintOf(response("7"), "Response"), { afterMs: 7_000 });
  const ms = hintOf(response(new Date(Date.now() + 20_000).toUTCString()), "Response")?.afterMs ?? 0;
  assert(ms > 10_000 && ms <= 20_000, `${ms}`);
  for (const text of ["", "soon", "-5", "1e3", "2030", "Wed, 21 Oct 2015 07:28:00 GMT", "Wed, no date GMT", "1; 2"]) {
    if (text !== "2030") assertEquals(hintOf(response(text), "Response"), undefined, text);
  }
  assertEquals(hintOf(response("2030"), "Response")?.afterMs, -1, "seconds, not a year");
  assertEquals(hintOf(Object.assign(response("7"), { retryAfter: 3 }), "Response"), { afterMs: 3_000 });
});

Deno.test("retry hint: a longer pause than the limit is the end, and the message says why", () => {
  const why = (seconds: string) => ({ ...never, why: `it asks to wait ${seconds} s, longer than --retry-max` });
  assertEquals(said({ retryAfter: 60.001 }), why("61"));
  assertEquals(said({ retryAfter: 1e300 }), why("1e+300"));
  assertEquals(said({ retryAfter: Infinity }), why("Infinity"));
  assertEquals(hintsBy({ maxMs: 10 }, "retryMaxMs")(response("1"), "Response")?.why?.slice(-10), "retryMaxMs");
});

Deno.test("retry hint: not retryable, and errors of another name", () => {
  assertEquals(said({ retryable: false, retryAfter: 3 }), never);
  assertEquals(hintOf(Object.assign(response("7"), { retryable: false }), "Response"), never);
  const named = hintsBy({ maxMs: 60_000, names: ["TimeoutError", "Busy"] }, "");
  assertEquals(["TimeoutError", "Busy", "busy", "Error"].map((name) => named(undefined, name)), [
    undefined,
    undefined,
    never,
    never,
  ]);
  assertEquals(hintsBy({ maxMs: 1, names: [] }, "")(undefined, "Error"), never);
});

Deno.test("retry hint: what makes no sense, or throws when it is read, says nothing", () => {
  const hostile = new Proxy({}, {
    get() {
      throw new Error("not even this");
    },
  });
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = {
    get retryAfter() {
      throw new Error("no");
    },
    retryable: true,
  };
  const noFlag = {
    get retryable() {
      throw new Error("no");
    },
    retryAfter: 2,
  };
  const fake = { [Symbol.toStringTag]: "Response" };
  for (const thrown of [hostile, revoked, throwing, fake, { ...fake, headers: { get: () => hostile } }]) {
    assertEquals(hintOf(thrown, "Error"), undefined);
  }
  assertEquals(hintOf(noFlag, "Error"), { afterMs: 2_000 });
  for (
    const retryAfter of [NaN, -5, -Infinity, null, true, 5n, Symbol(), hostile, new Date(NaN), "NaN", [3], () => 3]
  ) {
    assertEquals(said({ retryAfter }), undefined);
  }
});

Deno.test("retry hint: whatever is thrown, a hint is never, or a whole number of milliseconds within the limit", () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (retryAfter, retryable) => {
      const hint = hintOf({ retryAfter, retryable }, "Error");
      if (hint === undefined) return;
      const { afterMs } = hint;
      assert(afterMs === -1 || Number.isSafeInteger(afterMs) && afterMs > 0 && afterMs <= 60_000, `${afterMs}`);
    }),
  );
});
