/** Computes a number from `n` in some 20 µs, and fails where `fails` says so. An item with a gate waits until that opens. */
export default async function ({ n, gate, fails }) {
  if (gate !== undefined) await (await fetch(gate)).body?.cancel();
  if (fails) throw new RangeError(`${n} fails`);
  let x = n;
  for (let i = 0; i < 10_000; i++) x = (Math.imul(x, 0x5bd1e995) ^ (x >>> 15)) + i | 0;
  return { n, x: x >>> 0 };
}
