import { sha256 } from "../../digest.ts";
import type { Head, Results } from "../../model/document.ts";
import type { Machine } from "../../model/machine.ts";
import { tool } from "../../tool.ts";
import type { Format } from "../../report/renderings.ts";
import type { Asked, Exports } from "./exports.ts";
import type { Output } from "./output.ts";
import type { Session } from "./session.ts";

/** What a command says of itself for the head of its document. */
export interface HeadParts<C extends keyof Results> {
  readonly command: C;
  readonly options: object;
  readonly seed?: number;
  readonly jobSha256?: string | null;
  readonly itemsSha256?: string | null;
  /** Flags that name the items: `itemsSha256` says more of them, wherever they came from. */
  readonly itemFlags?: readonly string[];
  /** The machine, if the command has described it already. */
  readonly machine?: Machine;
}

/** The head of a document. To be called when the work is over: its elapsed time ends here. */
export async function documentHead<C extends keyof Results>(
  { command, options, seed, jobSha256 = null, itemsSha256 = null, itemFlags = [], ...known }: HeadParts<C>,
  { began, clock, call, machine: describe }: Pick<Session, "began" | "clock" | "call" | "machine">,
): Promise<Head<C>> {
  const elapsedMs = clock.now() - began.ms;
  const machine = known.machine ?? await describe();
  const { os, arch, cpu, cores, usableCores } = machine;
  const measuring = Object.entries(options).filter(([name]) => ![...call.shownOnly, ...itemFlags].includes(name));
  return {
    schema: 1,
    tool,
    command,
    startedAt: began.at.toISOString(),
    elapsedMs,
    machine,
    comparable: {
      jobSha256,
      itemsSha256,
      optionsSha256: await sha256(JSON.stringify(measuring)),
      machineSha256: await sha256(JSON.stringify([os, arch, cpu, cores, usableCores])),
      versionsSha256: await sha256(JSON.stringify([tool.version, tool.deno, tool.v8])),
    },
    options,
    seed: seed ?? null,
  };
}

/** Writes a rendered document: a text for people may become ASCII, anything else stays as it is. */
export async function writeRendered(text: string, format: Format, stdout: Output): Promise<void> {
  await (format === "text" ? stdout.write(text) : stdout.writeExact(text));
}

/** Where documents of some commands go besides the screen: nothing is loaded where none is asked for. */
export async function exportsOf(
  commands: readonly (keyof Results)[],
  asked: readonly Asked[],
  others: readonly string[],
  session: Session,
): Promise<Exports> {
  if (asked.length === 0) return { takesStdout: false, files: [], write: () => Promise.resolve(undefined) };
  return await (await import("./exports.ts")).openExports(commands, asked, others, session);
}
