import { assertEquals } from "@std/assert";
import { builtinKinds } from "../../../lib/cli/job/builtin_kinds.ts";

Deno.test("builtinKinds: the program keeps what a built-in job needs, and nothing for another job", () => {
  assertEquals(builtinKinds("@http"), ["net"]);
  assertEquals(builtinKinds("@read"), ["read"]);
  for (const job of ["@primes", "@nosuch", "http", "./@http", "@", ""]) assertEquals(builtinKinds(job), [], job);
});
