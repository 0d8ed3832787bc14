import type { PermissionKind } from "../table/command.ts";
import { group, type Option, type Options, toggle, type Values } from "../table/option.ts";
import { permissionKinds } from "./permissions.ts";

/** Nothing, everything, or only what a list names; the list is not empty, and no name in it is. */
export type Grant = boolean | readonly string[];

/** A flag that grants everything of its kind, or with `=` and a list only what the list names. A name holds no comma. */
export function grant(help: string, placeholder: string): Option<Grant> {
  return {
    kind: "attached",
    fallback: false,
    help,
    placeholder: `${placeholder},...`,
    shape: { type: "either", shapes: [{ type: "boolean" }, { type: "list", of: { type: "string" } }] },
    flagOnly: "grant",
    read(texts) {
      if (texts.includes("")) return true;
      const names = texts.flatMap((text) => text.split(","));
      return names.includes("") ? { refused: `expected ${placeholder}, or several with one comma between` } : names;
    },
    write: (value) => typeof value === "boolean" ? value ? [""] : [] : [value.join(",")],
  };
}

/** What Deno 2.9 lets a program ask the system for. Another version may know others. */
const sysKinds: readonly NonNullable<Deno.SysPermissionDescriptor["kind"]>[] = [
  "ca",
  "cpus",
  "getPriority",
  "gid",
  "homedir",
  "hostname",
  "loadavg",
  "networkInterfaces",
  "osRelease",
  "osUptime",
  "setPriority",
  "statfs",
  "systemMemoryInfo",
  "uid",
  "umask",
  "username",
];

/** The flags that grant a job more than to read its own project. Grants come from the command line alone. */
export const grantOptions = group(
  "Permissions of the job",
  {
    allowRead: {
      ...grant("let the job read these files and folders too, or all", "PATH"),
      more: "A job may always read its own project (see: tandem help permissions), and a built-in job what it needs.",
    },
    allowWrite: grant("let the job write these files and folders, or all", "PATH"),
    allowNet: {
      ...grant("let the job use these hosts, or all", "HOST"),
      often: true,
      more: "It may connect to them and listen on them. A host is a name or an address, with :PORT or without. " +
        "A built-in job has what it needs.",
    },
    allowEnv: grant("let the job see these environment variables, or all", "VARIABLE"),
    allowRun: {
      ...grant("let the job run these programs, or all", "PROGRAM"),
      more: "What such a program does is not limited.",
    },
    allowSys: {
      ...grant("let the job ask the system for these things (hostname, cpus), or for all", "API"),
      suggested: sysKinds,
    },
    allowAll: { ...toggle("let the job do everything"), flagOnly: "grant" },
  } satisfies Options,
);

/** What the command line grants. */
export type Grants = Values<typeof grantOptions>;

/** Which kind each flag that takes a list grants, and what Deno calls one entry of its list. */
export const grantKinds = {
  allowRead: { kind: "read", entry: "path" },
  allowWrite: { kind: "write", entry: "path" },
  allowNet: { kind: "net", entry: "host" },
  allowEnv: { kind: "env", entry: "variable" },
  allowRun: { kind: "run", entry: "command" },
  allowSys: { kind: "sys", entry: "kind" },
} as const satisfies Partial<Record<keyof Grants, { readonly kind: PermissionKind; readonly entry: string }>>;

/** The flags that take a list. */
export const grantFlags = Object.keys(grantKinds) as readonly (keyof typeof grantKinds)[];

/**
 * The kinds of permission that the program must keep, so that a thread can be granted them: nothing has more than what
 * started it. Reading is always among them, as each job may read its project.
 */
export function neededKinds(grants: Grants): readonly PermissionKind[] {
  if (grants.allowAll) return permissionKinds;
  return [
    "read",
    ...grantFlags.filter((flag) => flag !== "allowRead" && grants[flag]).map((flag) => grantKinds[flag].kind),
  ];
}
