/**
 * Waits for 50 ms, as for an answer from the network.
 * @param {unknown} item
 * @returns {Promise<unknown>}
 */
export default async function wait50(item) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return item;
}
