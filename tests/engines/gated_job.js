/** Computes a number from `n` in some 20 µs, and fails for each 997th. An item with a gate waits until that opens. */
export default async function ({ n, gate }) {
  if (gate !== undefined) await (await fetch(gate)).body?.cancel();
  if (n % 997 === 0) throw new RangeError(`${n} is a multiple of 997`);
  let x = n;
  for (let i = 0; i < 10_000; i++) x = (Math.imul(x, 0x5bd1e995) ^ (x >>> 15)) + i | 0;
  return { n, x: x >>> 0 };
}
