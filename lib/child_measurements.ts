import type { ChildMeasurements } from "./child/child_main.ts";

/** All measurements that run in a child, by the names that `runChild` takes. */
export const childMeasurements: ChildMeasurements = {
  busyThreads: async () => (await import("./claims/busy_threads.ts")).busyThreads,
  listing: async () => (await import("./claims/listing/listing_child.ts")).listingMeasurement,
  "http-server": async () => (await import("./claims/http_server.ts")).httpServer,
};
