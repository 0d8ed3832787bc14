/** Rounds of `spin` that take about 1 ms on one core of a server of 2023; fixed, so that everyone does the same work. */
const roundsPerMs = 580_000;

/**
 * Keeps a core busy for about `ms` milliseconds and returns a number that needs every round of it.
 * @param {number} ms
 * @param {number} seed
 * @returns {number}
 */
export function spin(ms, seed) {
  let state = seed | 1;
  const rounds = Math.round(ms * roundsPerMs) | 0;
  for (let round = 0; round < rounds; round++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  }
  return state >>> 0;
}
