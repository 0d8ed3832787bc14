const never = new Int32Array(new SharedArrayBuffer(4));

/** Waits and holds its thread, as a driver without promises does. */
export default function block(ms: number): number {
  Atomics.wait(never, 0, 0, ms);
  return ms;
}

export const items: readonly number[] = Array.from({ length: 64 }, () => 5);
