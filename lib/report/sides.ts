import type { Against, ComparedRuntime } from "../model/comparison.ts";
import { printableLine } from "./printable.ts";

/** How texts call one side of a comparison of two jobs, or of a job in two runtimes. */
interface Side {
  /** In sentences: `job.ts at v1.2`, `Node 24.1.0`. */
  readonly name: string;
  /** Where there is little room: `old`, `Node`. */
  readonly label: string;
}

/** What is compared with what: the new job, or the second runtime, with the old or the first one. */
export interface Sides {
  readonly old: Side;
  readonly now: Side;
}

/** What both sides are called. */
export function sidesOf({ job, against }: { readonly job: string; readonly against: Against }): Sides {
  const { runtimes } = against;
  if (runtimes !== undefined) return runtimeSides(runtimes);
  return { old: { name: oldName(against), label: "old" }, now: { name: printableLine(job), label: "new" } };
}

/** `job.ts at v1.2`: the old job, and the commit that it was taken from. */
export function oldName({ job, git }: Pick<Against, "job" | "git">): string {
  return printableLine(git === null ? job : `${job} at ${git.ref}`);
}

/** `old.ts with new.ts`, or `job.ts in Deno 2.9.6 and Node 24.1.0`: what was compared; the job alone without another side. */
export function comparedName({ job, against }: { readonly job: string; readonly against?: Against }): string {
  if (against === undefined) return printableLine(job);
  const { old, now } = sidesOf({ job, against });
  return against.runtimes === undefined
    ? `${old.name} with ${now.name}`
    : `${printableLine(job)} in ${old.name} and ${now.name}`;
}

/** Whether two jobs have the same code, which may be a mistake: no difference is to be expected. */
export function haveSameCode(
  { jobSha256, runtimes }: Against,
  comparable: { readonly jobSha256: string | null },
): boolean {
  return runtimes === undefined && jobSha256 === comparable.jobSha256;
}

const words = { deno: "Deno", node: "Node", bun: "Bun" } as const;

/** Two runtimes are told apart by their names, else by their versions, else by their paths. */
function runtimeSides({ old, now }: NonNullable<Against["runtimes"]>): Sides {
  const [first, second] = [old, now].map(withVersion);
  if (old.name !== now.name) {
    return { old: { name: first, label: words[old.name] }, now: { name: second, label: words[now.name] } };
  }
  if (first !== second) return { old: { name: first, label: first }, now: { name: second, label: second } };
  const withPath = ({ program }: ComparedRuntime) => printableLine(`${first} (${program})`);
  return { old: { name: withPath(old), label: "first" }, now: { name: withPath(now), label: "second" } };
}

function withVersion({ name, version }: ComparedRuntime): string {
  return printableLine(`${words[name]} ${version}`);
}
