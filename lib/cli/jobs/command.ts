import type { Row } from "../table/command.ts";
import { common, json } from "../table/common_options.ts";

/** The flags of `tandem jobs`. */
export const jobsOptions = { json, ...common };

/** `tandem jobs`. */
export const row: Row<typeof jobsOptions> = {
  name: "jobs",
  summary: "List the built-in jobs, which run and compare take by name",
  examples: [
    { line: "tandem jobs", what: "what they do, and which mode should suit them" },
    { line: "tandem run @primes --limit 3", what: "run one over its own items" },
  ],
  options: jobsOptions,
  needs: ({ json }) => json ? ["read", "sys"] : ["read"],
};
