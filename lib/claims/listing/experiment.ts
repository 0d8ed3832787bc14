import type { Experiment } from "../experiment.ts";
import type { ListingsFound } from "./found.ts";

/** The listings of the book, in pairs. */
export const listings: Experiment<ListingsFound> = {
  ms: { quick: 800, default: 4_500, full: 15_000 },
  measure: async (lab) => await (await import("./listings.ts")).measureListings(lab),
};
