// @ts-check
/**
 * Runs a job over items, at most `tasks` at once; the results come in the items' order.
 * @param {readonly unknown[]} items
 * @param {number} tasks
 * @param {(item: unknown) => unknown} run
 * @returns {Promise<unknown[]>}
 */
export async function atOnce(items, tasks, run) {
  /** @type {unknown[]} */
  const results = new Array(items.length);
  let next = 0;
  async function loop() {
    while (next < items.length) {
      const index = next++;
      const result = run(items[index]);
      results[index] = result instanceof Promise ? await result : result;
    }
  }
  await Promise.all(Array.from({ length: tasks }, loop));
  return results;
}
