import { spin } from "./spin.js";

/**
 * About as many milliseconds of computing as the item says.
 * @param {number} ms
 * @returns {number}
 */
export default function heavyTail(ms) {
  return spin(ms, ms * 10);
}
