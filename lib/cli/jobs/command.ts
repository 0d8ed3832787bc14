import { commandRow } from "../table/command.ts";
import { common, json } from "../table/common_options.ts";

/** `tandem jobs`. */
export const row = commandRow({
  name: "jobs",
  summary: "List the built-in jobs, which run and compare take by name",
  examples: [
    { line: "tandem jobs", what: "what they do, and which mode should suit them" },
    { line: "tandem run @primes --limit 3", what: "run one over its own items" },
  ],
  options: { json, ...common },
  needs: ({ json }) => json ? ["read", "sys"] : ["read"],
});
