/** The schemas of what tandem prints as JSON. Load this lazily: valibot is for those who need it. */
import * as v from "valibot";
import { channelDocument } from "./channel.ts";
import { claimsDocument } from "./claims.ts";
import { compareDocument } from "./compare.ts";
import { toolSchema } from "./head.ts";
import { jobsDocument } from "./jobs.ts";
import { planSchema } from "./plan.ts";
import { runDocument } from "./run.ts";
import { streamsDocument } from "./streams.ts";

export { machineSchema, toolSchema } from "./head.ts";
export { planSchema } from "./plan.ts";

/** The documents, by the command that prints them. */
export const documents = {
  claims: claimsDocument,
  compare: compareDocument,
  run: runDocument,
  jobs: jobsDocument,
  streams: streamsDocument,
  channel: channelDocument,
};

/** Any document: its `command` tells which. */
export const documentSchema = v.variant("command", Object.values(documents));

/** All JSON that tandem prints or writes as one value: a document, a plan, or what `--version --json` says. */
export const printedSchema = v.union([documentSchema, planSchema, toolSchema]);
