import type { ChildMeasurements } from "./child/child_main.ts";

/** All measurements that run in a child, by the names that `runChild` takes. */
export const childMeasurements: ChildMeasurements = {
<<<<<<< HEAD
  busyThreads: async () => (await import("./claims/busy_threads.ts")).busyThreads,
=======
  listing: async () => (await import("./claims/listing/listing_child.ts")).listingMeasurement,
>>>>>>> 7bb9a13989e0ec5034f8fe8cb951cc085e9780e3
};
