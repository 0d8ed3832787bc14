/**
 * Waits for 1 ms by a timer, which Deno fires after some 2 ms.
 * @param {unknown} item
 * @returns {Promise<unknown>}
 */
export default async function wait1(item) {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return item;
}
