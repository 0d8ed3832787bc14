/**
 * Nothing to do: what is left is the cost of getting an item to a thread and its result back.
 * @param {unknown} item
 * @returns {unknown}
 */
export default function noop(item) {
  return item;
}
