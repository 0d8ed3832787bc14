/** The schemas of what tandem prints as JSON. Load this lazily: valibot is for those who need it. */
import * as v from "valibot";
import type { Fields } from "../../model/field.ts";
import { channelDocument } from "./channel.ts";
import { claimsDocument } from "./claims.ts";
import { compareDocument } from "./compare.ts";
import { toolSchema } from "./head.ts";
import { diffDocument } from "./diff.ts";
import { jobsDocument } from "./jobs.ts";
import { planSchema } from "./plan.ts";
import { runDocument } from "./run.ts";
import { scaleDocument } from "./scale.ts";
import { streamsDocument } from "./streams.ts";

export { machineSchema, toolSchema } from "./head.ts";
export { planSchema } from "./plan.ts";

const makers = {
  claims: claimsDocument,
  compare: compareDocument,
  run: runDocument,
  jobs: jobsDocument,
  streams: streamsDocument,
  channel: channelDocument,
  scale: scaleDocument,
  diff: diffDocument,
};

/** The documents, by the command that prints them. */
export type Documents = { readonly [C in keyof typeof makers]: ReturnType<typeof makers[C]> };

/**
 * The documents, given the flags of each command. A document of another version may have other flags: without any, all are let
 * through.
 */
export function documentsOf(flags: Readonly<Record<string, Fields>> = {}): Documents {
  return Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, make(flags[name] ?? {})])) as Documents;
}

/** Any document: its `command` tells which. */
export function documentSchema(documents: Documents) {
  return v.variant("command", Object.values(documents));
}

/** All JSON that tandem prints or writes as one value: a document, a plan, or what `--version --json` says. */
export function printedSchema(documents: Documents) {
  return v.union([documentSchema(documents), planSchema, toolSchema]);
}
