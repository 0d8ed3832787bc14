import { assertEquals } from "@std/assert";
import {
  grant,
  grantFlags,
  grantKinds,
  grantOptions,
  type Grants,
  neededKinds,
} from "../../../lib/cli/job/grant_options.ts";
import { permissionKinds } from "../../../lib/cli/job/permissions.ts";
import { nothing } from "./no_grants.ts";

const { fallback, read, write } = grant("let the job use these hosts, or all", "HOST");

Deno.test("grant: without it nothing, alone everything, with a list what the list names", () => {
  assertEquals(fallback, false);
  assertEquals(read([""]), true);
  assertEquals(read(["a.com"]), ["a.com"]);
  assertEquals(read(["a.com,b.com", "c.com"]), ["a.com", "b.com", "c.com"]);
  assertEquals(read(["a.com", ""]), true); // once alone is everything, whatever else is listed
});

Deno.test("grant: a list with an empty name is refused, as it could be meant as everything", () => {
  const refused = { refused: "expected HOST, or several with one comma between" };
  for (const text of [",", "a.com,", ",a.com", "a.com,,b.com"]) assertEquals(read([text]), refused, text);
});

Deno.test("grant: what is written is read again as it was", () => {
  for (const value of [true, ["a.com"], ["a.com", "b.com:80"]]) assertEquals(read(write(value)), value);
  assertEquals(write(false), []); // not given at all
});

Deno.test("grants come from the command line alone: no variable and no file gives one", () => {
  for (const [name, { flagOnly }] of Object.entries(grantOptions)) assertEquals(flagOnly, "grant", name);
  assertEquals(Object.keys(grantOptions), [...grantFlags, "allowAll"]);
});

Deno.test("neededKinds: each flag needs its kind, and reading is needed by all", () => {
  assertEquals(neededKinds(nothing), ["read"]);
  for (const flag of grantFlags) {
    for (const given of [true, ["x"]]) {
      const kinds = neededKinds({ ...nothing, [flag]: given });
      assertEquals(kinds, flag === "allowRead" ? ["read"] : ["read", grantKinds[flag].kind], flag);
    }
  }
  const several: Grants = { ...nothing, allowRead: true, allowNet: ["a.com"], allowSys: true };
  assertEquals(neededKinds(several), ["read", "net", "sys"]);
  assertEquals(neededKinds({ ...nothing, allowAll: true }), permissionKinds);
});
