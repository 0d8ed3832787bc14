const never = new Int32Array(new SharedArrayBuffer(4));

/** Waits and blocks its thread, like a driver without promises. */
export default function block(ms: number): number {
  Atomics.wait(never, 0, 0, ms);
  return ms;
}

export const items: readonly number[] = Array.from({ length: 64 }, () => 5);
