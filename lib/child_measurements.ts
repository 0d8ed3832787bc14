import type { ChildMeasurements } from "./child/child_main.ts";

/** All measurements that run in a child, by the names that `runChild` takes. */
export const childMeasurements: ChildMeasurements = {
  listing: async () => (await import("./claims/listing/listing_child.ts")).listingMeasurement,
};
