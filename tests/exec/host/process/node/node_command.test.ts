import { assertEquals } from "@std/assert";
import { isTooOld, loadsTypeScript, nodeCommand } from "../../../../../lib/exec/host/process/node/node_command.ts";
import type { Permissions } from "../../../../../lib/exec/wire/permissions.ts";

const module = "/slots/node.mjs";
const around = {
  variable: (name: string) => name === "MISSING" ? undefined : `${name} of ours`,
  workingFolder: "/project/data",
};

function commandOf(version: string, permissions: Permissions = {}, name: "node" | "bun" = "node") {
  return nodeCommand({ name, program: name, version }, module, permissions, around);
}

/** Its flags that begin so. */
function flagsOf(version: string, start: string, permissions: Permissions = {}): readonly string[] {
  return commandOf(version, permissions).args.filter((flag) => flag.startsWith(start));
}

Deno.test("node command: what is granted is given by the flags of its version", () => {
  const permissions = { read: ["/project", "/data"], write: ["/out"], run: true, net: true };
  const given = (version: string) =>
    commandOf(version, permissions).args.filter((flag) => /permission|allow/.test(flag)).join(" ");
  const paths = "--allow-fs-read=/slots/node.mjs --allow-fs-read=/project --allow-fs-read=/data --allow-fs-write=/out";
  const rest = `--allow-worker ${paths} --allow-child-process`;
  for (const version of ["20.11.0", "22.12.0", "23.4.0"]) {
    assertEquals(given(version), `--experimental-permission ${rest}`, version);
  }
  for (const version of ["22.13.0", "23.5.0", "24.0.0"]) assertEquals(given(version), `--permission ${rest}`, version);
  assertEquals(given("25.0.0"), `--permission ${rest} --allow-net`);
  assertEquals(flagsOf("24.0.0", "--allow-fs-read", { read: true }), ["--allow-fs-read=*"]);
  assertEquals(flagsOf("24.0.0", "--allow-child-process", { run: false }), []);
});

Deno.test("node command: a kind that is not there is not granted; variables come from our own environment", () => {
  assertEquals(flagsOf("24.0.0", "--allow"), ["--allow-worker", `--allow-fs-read=${module}`]);
  Deno.env.set("TANDEM_TEST_VARIABLE", "a");
  try {
    const { env } = nodeCommand({ name: "node", program: "node", version: "24.0.0" }, module, {
      env: ["TANDEM_TEST_VARIABLE"],
    });
    assertEquals(env?.TANDEM_TEST_VARIABLE, "a");
  } finally {
    Deno.env.delete("TANDEM_TEST_VARIABLE");
  }
});

Deno.test("node command: nothing is denied where all is granted; Bun can deny nothing", () => {
  const kinds = ["read", "write", "net", "env", "run", "sys", "ffi", "import"] as const;
  const all = Object.fromEntries(kinds.map((kind) => [kind, true]));
  assertEquals(flagsOf("24.0.0", "--permission", all), []);
  for (const kind of kinds) {
    assertEquals(flagsOf("24.0.0", "--permission", { ...all, [kind]: false }), ["--permission"], kind);
  }
  assertEquals(commandOf("1.4.5", {}, "bun").args, ["--no-install", module]);
});

Deno.test("node command: TypeScript, and modules that do not say that they are, by the flags of versions that need them", () => {
  const versions = [
    "20.11.0",
    "20.19.0",
    "21.1.0",
    "22.5.0",
    "22.6.0",
    "22.7.0",
    "22.18.0",
    "23.5.0",
    "23.6.0",
    "24.0.0",
  ];
  const needing = (flag: string) => versions.filter((version) => flagsOf(version, flag).length > 0);
  assertEquals(needing("--experimental-strip-types"), ["22.6.0", "22.7.0", "23.5.0"]);
  assertEquals(needing("--experimental-detect-module"), ["20.11.0", "21.1.0", "22.5.0", "22.6.0"]);
  const node = (version: string) => ({ name: "node", version } as const);
  assertEquals(versions.map((version) => loadsTypeScript(node(version))).indexOf(true), 4);
  assertEquals(loadsTypeScript({ name: "bun", version: "1.0.0" }), true);
  assertEquals(["18.20.0", "20.10.9", "20.11.0", "24.0.0"].map((version) => isTooOld(node(version))), [
    true,
    true,
    false,
    false,
  ]);
});

Deno.test("node command: it sees the variables that are granted, and PATH where it may run programs", () => {
  const always = { TZ: "TZ of ours", SystemRoot: "SystemRoot of ours" };
  assertEquals(commandOf("24.0.0").env, always);
  assertEquals(commandOf("24.0.0", { env: ["HOME", "MISSING"] }).env, { ...always, HOME: "HOME of ours" });
  assertEquals(commandOf("24.0.0", { run: true }).env, { ...always, PATH: "PATH of ours" });
  assertEquals(commandOf("24.0.0", { env: true }).env, undefined);
  assertEquals(commandOf("24.0.0").denies, ["env"]);
});

Deno.test("node command: it starts in our folder only where the job may read that: Node lets threads read where it starts", () => {
  const folderOf = (read: boolean | string[] | undefined) => commandOf("24.0.0", { read }).cwd;
  for (const read of [true, ["/project"], ["/other", "/project/data"], ["/project/"], ["/"]]) {
    assertEquals(folderOf(read), "/project/data", `${read}`);
  }
  for (const read of [undefined, false, [], ["/proj"], ["/project/data/inner"]]) {
    assertEquals(folderOf(read), "/slots/", `${read}`);
  }
});
