import { spin } from "./spin.js";

/**
 * About 1 ms of computing.
 * @param {number} seed
 * @returns {number}
 */
export default function cpu1ms(seed) {
  return spin(1, seed);
}
