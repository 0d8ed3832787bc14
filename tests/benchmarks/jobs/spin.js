/**
 * `spin(rounds, state)`: so often `state = (state ^ state >>> 15) * 0x2c1b3c6d`, as WebAssembly. In JavaScript the same loop
 * took 1.19 ms under Node 20 and 1.30 to 1.61 ms under Deno 2.9.6, by how V8 happened to compile it, and a difference
 * between pools cannot be seen beside that; this takes the same time everywhere, to 1 %.
 */
const code = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version
  ...[0x01, 0x07, 0x01, 0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f], // one type: (i32, i32) -> i32
  ...[0x03, 0x02, 0x01, 0x00], // one function, of that type
  ...[0x07, 0x08, 0x01, 0x04, 0x73, 0x70, 0x69, 0x6e, 0x00, 0x00], // exported as "spin"
  ...[0x0a, 0x23, 0x01, 0x21, 0x00], // its body, no locals
  ...[0x03, 0x40], // loop
  ...[0x20, 0x01, 0x20, 0x01, 0x41, 0x0f, 0x76, 0x73], // state ^ state >>> 15
  ...[0x41, 0xed, 0xf8, 0xec, 0xe0, 0x02, 0x6c, 0x21, 0x01], // state = that * 0x2c1b3c6d
  ...[0x20, 0x00, 0x41, 0x01, 0x6b, 0x22, 0x00, 0x0d, 0x00, 0x0b], // rounds -= 1, again unless it is 0
  ...[0x20, 0x01, 0x0b], // state
]);
const { spin: spinRounds } =
  /** @type {{ spin: (rounds: number, state: number) => number }} */
  (/** @type {unknown} */ (new WebAssembly.Instance(new WebAssembly.Module(code)).exports));

/** Rounds that take about 1 ms on one core of a server of 2023; fixed, so that everyone does the same work. */
const roundsPerMs = 728_000;

/**
 * Keeps a core busy for about `ms` milliseconds and returns a number that needs every round of it.
 * @param {number} ms
 * @param {number} seed
 * @returns {number}
 */
export function spin(ms, seed) {
  return spinRounds(Math.max(1, Math.round(ms * roundsPerMs)), seed | 1) >>> 0;
}
