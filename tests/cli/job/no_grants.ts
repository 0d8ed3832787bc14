import type { Grants } from "../../../lib/cli/job/grant_options.ts";

/** A command line that grants nothing. */
export const nothing: Grants = {
  allowRead: false,
  allowWrite: false,
  allowNet: false,
  allowEnv: false,
  allowRun: false,
  allowSys: false,
  allowAll: false,
};
