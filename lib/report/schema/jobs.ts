import * as v from "valibot";
import type { JobsResult } from "../../model/result.ts";
import { given, list, object, oneOf, schemaOf, string } from "./fields.ts";
import { document, noSeed } from "./head.ts";
import { modes } from "./cells.ts";

const needs = object({
  net: given(list(v.string(), "hosts that it connects to and listens on")),
  read: given(list(v.string(), "files that it reads")),
}, "what it is allowed without being granted it; a field is there only where it needs something");

const job = object({
  name: string("its name: run and compare take it with @ before it"),
  about: string("what it does"),
  expects: oneOf(modes, "the mode that should suit it"),
  needs,
}, "a built-in job");

const result = schemaOf<JobsResult>()(object({ jobs: list(job, "all built-in jobs") }, "the built-in jobs"));

/** The document of `tandem jobs`, given its flags. */
export const jobsDocument = document(
  "jobs",
  { seed: noSeed, result },
  "what tandem jobs --json prints: the built-in jobs",
);
