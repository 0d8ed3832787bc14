/** How much is measured: within 12 s, within 45 s, or as long as it takes. */
export type Effort = "quick" | "default" | "full";
