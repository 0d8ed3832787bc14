import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { itemRemedies } from "../../../lib/cli/job/remedies.ts";
import { deniedText, explainDenied } from "../../../lib/exec/slot/denied.ts";
import { optionRemedies } from "../../../lib/exec/wire/remedies.ts";
import { noPermissions } from "../../../lib/exec/host/worker_host.ts";
import { runInThread } from "../../job_thread.ts";

/** In the words of the program. */
const flags = itemRemedies("\n").denied;

/** The two ways in which Deno ends a denial: under `deno run`, and in an executable. */
const endings = (kind: string) => [
  `run again with the --allow-${kind} flag`,
  `specify the required permissions during compilation using \`deno compile --allow-${kind}\``,
];

Deno.test("deniedText: what another runtime has denied, and the flag that grants it", () => {
  assertEquals(
    deniedText({ kind: "read", name: "/a" }, flags),
    'needs read access to "/a": add --allow-read=/a (or --allow-read)',
  );
  assertEquals(deniedText({ kind: "run", name: undefined }, flags), "needs run access: add --allow-run");
  assertEquals(deniedText({ kind: "WASI", name: undefined }, flags), "needs WASI access: add --allow-all");
});

const denials: readonly (readonly [kind: string, what: string, said: string])[] = [
  ["net", ' to "127.0.0.1:9"', 'needs net access to "127.0.0.1:9": add --allow-net=127.0.0.1:9 (or --allow-net)'],
  ["net", ' to "[::1]:9"', 'needs net access to "[::1]:9": add "--allow-net=[::1]:9" (or --allow-net)'],
  ["read", ' to "/a/é.txt"', 'needs read access to "/a/é.txt": add "--allow-read=/a/é.txt" (or --allow-read)'],
  ["read", ' to "../a b"', 'needs read access to "../a b": add "--allow-read=../a b" (or --allow-read)'],
  ["read", ' to "C:\\a\\b"', 'needs read access to "C:\\a\\b": add --allow-read=C:\\a\\b (or --allow-read)'],
  ["write", " to <TMP>", "needs write access to <TMP>: add --allow-write"],
  ["env", "", "needs env access: add --allow-env"],
  ["run", ' to "ls"', 'needs run access to "ls": add --allow-run=ls (or --allow-run)'],
  ["sys", ' to "hostname"', 'needs sys access to "hostname": add --allow-sys=hostname (or --allow-sys)'],
  ["ffi", ' to "libc.so.6"', 'needs ffi access to "libc.so.6": add --allow-all'],
  ["import", ' to "a.com:443"', 'needs import access to "a.com:443": add --allow-all'],
  ["all", ' to "/proc/self/environ"', 'needs all access to "/proc/self/environ": add --allow-all'],
];

Deno.test("explainDenied: what was denied, and the flag that grants it", () => {
  for (const [kind, what, said] of denials) {
    for (const ending of endings(kind)) {
      assertEquals(explainDenied(`Requires ${kind} access${what}, ${ending}`, flags), said);
    }
  }
});

Deno.test("explainDenied: the library speaks of its options", () => {
  const said = (message: string) => explainDenied(message, optionRemedies.denied);
  for (const ending of endings("read")) {
    assertEquals(
      said(`Requires read access to "/a", ${ending}`),
      'needs read access to "/a": grant it in permissions.read',
    );
  }
  assertEquals(said(`Requires all access, ${endings("all")[0]}`), "needs all access: grant it in permissions");
  assertEquals(
    said("Deno.symlink() requires unscoped --allow-read and --allow-write permissions"),
    "Deno.symlink() needs permissions.read and permissions.write without a list",
  );
  const own = said("Can't escalate parent thread permissions");
  assertEquals(own, "needs more permissions for a Worker of its own than it has: grant it in permissions");
});

Deno.test("explainDenied: a name that a flag cannot carry gets the flag alone", () => {
  for (const name of ["/a,b", '/a"b', "/a\nb", "/$HOME", "/`id`"]) {
    const said = explainDenied(`Requires read access to "${name}", ${endings("read")[0]}`, flags);
    assertEquals(said, `needs read access to "${name}": add --allow-read`);
  }
});

Deno.test("explainDenied: denials in other words", () => {
  const said = (message: string) => explainDenied(message, flags) ?? "";
  assertEquals(
    said("getaddrinfo EPERM a.com"),
    'needs net access to "a.com": add --allow-net=a.com (or --allow-net)',
  );
  const link = said("Deno.symlink() requires unscoped --allow-read and --allow-write permissions; path-scoped grants");
  assertEquals(link, "Deno.symlink() needs --allow-read and --allow-write without a list; path-scoped grants");
  const preload = said("Requires --allow-run permissions to spawn subprocess with LD_PRELOAD environment variable.");
  assertStringIncludes(preload, "needs --allow-run without a list to spawn");
  assertStringIncludes(said("Can't escalate parent thread permissions"), "--allow-all");
});

Deno.test("explainDenied: the text around a denial stays", () => {
  const text = `cannot be loaded: Requires read access to "/a", ${endings("read")[0]} (line 2)`;
  assertEquals(
    explainDenied(text, flags),
    'cannot be loaded: needs read access to "/a": add --allow-read=/a (or --allow-read) (line 2)',
  );
});

Deno.test("explainDenied: nothing to say of other errors", () => {
  for (const message of ["", "as asked", "No such file or directory (os error 2)", "Requires a number, not a text"]) {
    assertEquals(explainDenied(message, flags), undefined);
  }
});

Deno.test("explainDenied: knows the words of this Deno", async () => {
  const project = `${import.meta.dirname}/../../fixtures/project`;
  const attempt = (job: string, item: string) =>
    runInThread(`${project}/inner/${job}`, item, { ...noPermissions, read: [project] });
  const tries: readonly (readonly [item: string, flag: string])[] = [
    ["read outside", "--allow-read="],
    ["read outside by node:fs", "--allow-read="],
    ["write project", "--allow-write="],
    ["net", "--allow-net=127.0.0.1:9 "],
    ["env", "--allow-env=HOME "],
    ["run", "--allow-run="],
    ["sys", "--allow-sys=hostname "],
    ["ffi", "--allow-all"],
  ];
  for (const [item, flag] of tries) {
    const message = await attempt("tries.js", item);
    const said = explainDenied(message, flags);
    assert(said !== undefined, `${item}: ${message}`);
    assertStringIncludes(said, `: add ${flag}`);
  }
  const loading = explainDenied(await attempt("imports_outside.js", ""), flags) ?? "";
  assertStringIncludes(loading, "cannot be loaded: needs read access");
  assertStringIncludes(loading, "value.js (or --allow-read) (line 2)");
});
