/** Computes, and waits, for so many milliseconds; null: does not wait, and returns no promise. */
export default function mixed({ waitMs, computeMs }) {
  const end = performance.now() + computeMs;
  while (performance.now() < end);
  return waitMs === null ? computeMs : wait(waitMs);
}

async function wait(ms) {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return ms;
}
