import { resolve } from "node:path";
import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Grants } from "../../../lib/cli/job/grant_options.ts";
import type { Query } from "../../../lib/cli/terminal/session.ts";
import { checkGrants, jobPermissions, missingGrants, withNeeds } from "../../../lib/cli/job/grants.ts";
import { permissionKinds } from "../../../lib/cli/job/permissions.ts";
import { UsageError } from "../../../lib/errors.ts";
import { noPermissions } from "../../../lib/exec/host/worker_host.ts";
import { runInThread } from "../../job_thread.ts";
import { nothing } from "./no_grants.ts";

Deno.test("jobPermissions: an ungranted job may read its project", () => {
  assertEquals(jobPermissions(nothing, ["/project"]), { ...noPermissions, read: ["/project"] });
});

Deno.test("jobPermissions: a list grants what it names, and reading the project still", () => {
  const grants = { ...nothing, allowRead: ["/a b"], allowNet: ["a.com", "b.com:80"], allowEnv: ["HOME"] };
  const { read, net, env, write } = jobPermissions(grants, ["/project"]);
  assertEquals([read, net, env, write], [["/project", resolve("/a b")], ["a.com", "b.com:80"], ["HOME"], false]);
});

Deno.test("jobPermissions: paths are from the working folder, names are left alone", () => {
  const grants = { ...nothing, allowWrite: ["out", "../x"], allowRun: ["ls", "./tool"], allowSys: ["hostname"] };
  const { write, run, sys } = jobPermissions(grants, ["/project"]);
  assertEquals([write, run, sys], [[resolve("out"), resolve("../x")], ["ls", resolve("./tool")], ["hostname"]]);
});

Deno.test("jobPermissions: a flag alone grants its kind and no other", () => {
  assertEquals(jobPermissions({ ...nothing, allowRead: true }, ["/project"]), { ...noPermissions, read: true });
  const { read, run, ffi } = jobPermissions({ ...nothing, allowRun: true }, ["/project"]);
  assertEquals([read, run, ffi], [["/project"], true, false]);
});

Deno.test("jobPermissions: --allow-all grants everything, whatever else is listed", () => {
  const permissions = jobPermissions({ ...nothing, allowAll: true, allowNet: ["a.com"] }, ["/project"]);
  assertEquals(Object.keys(permissions).toSorted(), [...permissionKinds].toSorted());
  assert(Object.values(permissions).every((value) => value === true));
});

Deno.test("withNeeds: a built-in job has what it needs, besides what is granted", () => {
  assertEquals(withNeeds(nothing), nothing);
  assertEquals(withNeeds({ ...nothing, allowNet: ["a.com"] }, {}).allowNet, ["a.com"]);
  const needs = { net: ["127.0.0.1"], read: ["/deno"] };
  assertEquals(withNeeds(nothing, needs), { ...nothing, allowNet: ["127.0.0.1"], allowRead: ["/deno"] });
  assertEquals(withNeeds({ ...nothing, allowNet: ["a.com"], allowSys: true }, { net: ["127.0.0.1"] }), {
    ...nothing,
    allowNet: ["a.com", "127.0.0.1"],
    allowSys: true,
  });
  const everything = { ...nothing, allowNet: true, allowRead: true };
  assertEquals(withNeeds(everything, needs), everything);
});

/** A program that has these: `net`, or an entry like `net a.com`. */
const having = (...granted: readonly string[]): Query => (permission) => {
  const [name, entry] = Object.values(permission);
  const has = granted.includes(name) || granted.includes(`${name} ${entry}`);
  return { state: has ? "granted" : "prompt" };
};

Deno.test("missingGrants: what the program itself does not have", () => {
  const grants = { ...nothing, allowNet: true, allowEnv: ["HOME", "TERM", "LANG"], allowSys: ["cpus"] };
  assertEquals(missingGrants(grants, having("net", "env", "sys")), []);
  assertEquals(missingGrants(grants, having("sys cpus", "env HOME")), ["--allow-net", "--allow-env=TERM,LANG"]);
  assertEquals(missingGrants(grants, having("net a.com", "env", "sys")), ["--allow-net"]);
  assertEquals(missingGrants({ ...nothing, allowWrite: ["out"] }, having(`write ${resolve("out")}`)), []);
  assertEquals(missingGrants(nothing, having()), []);
});

Deno.test("missingGrants: --allow-all needs all", () => {
  const grants = { ...nothing, allowAll: true };
  assertEquals(missingGrants(grants, having(...permissionKinds)), []);
  assertEquals(missingGrants(grants, having(...permissionKinds.slice(1))), ["--allow-all"]);
});

Deno.test("checkGrants: says with which flag to start the program", () => {
  checkGrants({ ...nothing, allowNet: true }, having("net"));
  const refused = assertThrows(() => checkGrants({ ...nothing, allowNet: true }, having("read")), UsageError);
  assertEquals(
    refused.message,
    "this program was started without --allow-net itself, so it cannot grant that to a job; " +
      'add --allow-net to the flags of "deno run", or use the executable, which has all',
  );
});

Deno.test({
  name: "missingGrants: asks Deno in words that it knows",
  permissions: { read: true, net: ["127.0.0.1"], env: ["HOME"], sys: ["hostname"], run: false, write: false },
  fn() {
    const query: Query = (permission) => Deno.permissions.querySync(permission);
    const had = { allowRead: true, allowNet: ["127.0.0.1:9"], allowEnv: ["HOME"], allowSys: ["hostname"] };
    assertEquals(missingGrants({ ...nothing, ...had }, query), []);
    const lacking = { allowNet: true, allowEnv: ["TERM"], allowSys: ["cpus"], allowRun: ["ls"], allowWrite: ["/x"] };
    assertEquals(missingGrants({ ...nothing, ...lacking }, query), [
      `--allow-write=${resolve("/x")}`,
      "--allow-net",
      "--allow-env=TERM",
      "--allow-run=ls",
      "--allow-sys=cpus",
    ]);
    assertThrows(
      () => missingGrants({ ...nothing, allowNet: ["http://a.com"] }, query),
      UsageError,
      "--allow-net=http://a.com: invalid value",
    );
    assertThrows(() => missingGrants({ ...nothing, allowSys: ["nosuch"] }, query), UsageError, "nosuch");
  },
});

Deno.test("jobPermissions: Deno grants a thread what they say, and no more", async () => {
  const fixtures = `${import.meta.dirname}/../../fixtures`;
  const job = `${fixtures}/project/inner/tries.js`;
  const attempt = (grants: Partial<Grants>, item: string) =>
    runInThread(job, item, jobPermissions({ ...nothing, ...grants }, [`${fixtures}/project`]));
  assertEquals(await attempt({}, "read project"), "ok");
  assertEquals(await attempt({ allowRead: [`${fixtures}/outside`] }, "read outside"), "ok");
  assertEquals(await attempt({ allowEnv: ["HOME"] }, "env"), "ok");
  assertEquals(await attempt({ allowSys: true }, "sys"), "ok");
  const denials: readonly (readonly [Partial<Grants>, string])[] = [
    [{}, "read outside"],
    [{ allowEnv: ["TERM"] }, "env"],
    [{ allowRead: true }, "sys"],
    [{ allowNet: ["127.0.0.1:8"] }, "net"],
  ];
  for (const [grants, item] of denials) {
    const said = await attempt(grants, item);
    assert(said.startsWith("Requires "), `${item}: ${said}`);
  }
});
