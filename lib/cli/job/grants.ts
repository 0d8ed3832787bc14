import { messageOf, UsageError } from "../../errors.ts";
import { absolutePath } from "../../paths.ts";
import type { Permissions } from "../../exec/host/worker_host.ts";
import type { JobNeeds } from "../../model/result.ts";
import type { PermissionKind } from "../table/command.ts";
import { grantFlags, grantKinds, type Grants } from "./grant_options.ts";
import type { Query } from "../terminal/session.ts";
import { flagName } from "../table/option.ts";
import { permissionKinds } from "./permissions.ts";

/** What the command line grants, and what a built-in job needs: that is known, so the user need not grant it. */
export function withNeeds<G extends Grants>(grants: G, { net = [], read = [] }: JobNeeds = {}): G {
  return { ...grants, allowNet: joined(grants.allowNet, net), allowRead: joined(grants.allowRead, read) };
}

function joined(grant: Grants[keyof typeof grantKinds], needed: readonly string[]) {
  if (grant === true || needed.length === 0) return grant;
  return [...grant || [], ...needed];
}

/** The permissions of the job's thread: what it may read in any case, and what is granted besides. */
export function jobPermissions(grants: Grants, reads: readonly string[]): Required<Permissions> {
  const read = granted(grants, "allowRead");
  return {
    read: read === true || [...reads, ...read || []],
    write: granted(grants, "allowWrite"),
    net: granted(grants, "allowNet"),
    env: granted(grants, "allowEnv"),
    run: granted(grants, "allowRun"),
    sys: granted(grants, "allowSys"),
    ffi: grants.allowAll,
    import: grants.allowAll,
  };
}

/**
 * What is granted of a flag's kind. Paths, and programs written with a slash, are made absolute here: the user means them
 * from the working folder, and Deno would take them from one of our modules.
 */
function granted(grants: Grants, flag: keyof typeof grantKinds): boolean | string[] {
  const given = grants.allowAll || grants[flag];
  if (typeof given === "boolean") return given;
  const isPath = (name: string) => grantKinds[flag].entry === "path" || (flag === "allowRun" && /[\\/]/.test(name));
  return given.map((name) => isPath(name) ? absolutePath(name) : name);
}

/**
 * The flags of Deno that this program would have to be started with, so that a job could be granted what it is granted.
 * Empty if all is well.
 *
 * @throws {UsageError} a list has an entry that Deno cannot read, like a URL for a host. Deno looks at the entries only
 * if it has to: where this program has all of that kind, it is `new Worker` that throws
 */
export function missingGrants(grants: Grants, query: Query): readonly string[] {
  if (grants.allowAll) return permissionKinds.every((kind) => has(query, { name: kind })) ? [] : ["--allow-all"];
  return grantFlags.flatMap((flag) => {
    const spelling = `--${flagName(flag)}`;
    const { kind, entry } = grantKinds[flag];
    const given = granted(grants, flag);
    if (typeof given === "boolean") return given && !has(query, { name: kind }) ? [spelling] : [];
    const missing = given.filter((name) => {
      try {
        return !has(query, { name: kind, [entry]: name });
      } catch (error) {
        throw new UsageError(`${spelling}=${name}: ${messageOf(error)}`);
      }
    });
    return missing.length === 0 ? [] : [`${spelling}=${missing.join(",")}`];
  });
}

function has(query: Query, permission: { readonly name: PermissionKind; readonly [entry: string]: string }): boolean {
  return query(permission as Deno.PermissionDescriptor).state === "granted";
}

/**
 * Refuses grants that this program does not have itself, before a thread is started with them.
 *
 * @throws {UsageError} says with which flags of Deno the program has to be started
 */
export function checkGrants(grants: Grants, query: Query): void {
  const missing = missingGrants(grants, query).join(" ");
  if (missing === "") return;
  const found = `this program was started without ${missing} itself, so it cannot grant that to a job`;
  throw new UsageError(`${found}; add ${missing} to the flags of "deno run", or use the executable, which has all`);
}
