import type { ChildMeasurement, ChildMeasurements } from "./child/child_main.ts";
import type { ClimbInput, ParkInput } from "./scale/wire.ts";

/** All measurements that run in a child, by the names that `runChild` takes. */
export const childMeasurements: ChildMeasurements = {
  busyThreads: async () => (await import("./claims/busy_threads.ts")).busyThreads,
  listing: async () => (await import("./claims/listing/listing_child.ts")).listingMeasurement,
  "http-server": async () => (await import("./claims/http_server.ts")).httpServer,
  park: async (): Promise<ChildMeasurement> => {
    const { park } = await import("./scale/park.ts");
    return (input, report) => park(input as ParkInput, report);
  },
  climb: async (): Promise<ChildMeasurement> => {
    const { climb } = await import("./scale/climb.ts");
    return (input, report) => climb(input as ClimbInput, report);
  },
  "serve-parked": async () => (await import("./scale/serve_parked.ts")).serveParked,
};
