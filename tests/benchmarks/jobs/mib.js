/**
 * A large item comes in and goes out; nothing is done with it.
 * @param {string} text
 * @returns {string}
 */
export default function mib(text) {
  return text;
}
