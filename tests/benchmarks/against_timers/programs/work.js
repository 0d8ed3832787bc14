// @ts-check
import { spin } from "../../jobs/spin.js";

/**
 * The work that is timed: more than 3 s of WebAssembly on a server of 2023, in calls of 1 ms. V8 goes over to its optimized
 * code between calls only, so one long call would stay in the other.
 * @returns {number}
 */
export default function work() {
  let state = 1;
  for (let call = 0; call < 3_200; call++) state = spin(1, state);
  return state;
}
