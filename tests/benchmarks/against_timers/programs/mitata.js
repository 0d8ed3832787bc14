// @ts-check
/**
 * One sample of the work by mitata, after the call with which it looks how long the work takes; in milliseconds.
 *
 *     deno run mitata.js PACKAGE
 *
 * The package is imported by a computed name: it is in the lock file of this folder, and the project's knows nothing of it.
 */
import work from "./work.js";

/** @type {{ measure(work: () => unknown, options: object): Promise<{ samples: number[] }> }} */
const { measure } = await import(Deno.args[0]);
const { samples } = await measure(work, { min_samples: 1, max_samples: 1, gc: false });
console.log(samples[0] / 1e6);
