const limitMs = 180_000;
const betweenMs = 50;

/**
 * Asks again and again until there is an answer, and returns it. Other programs do not tell when something has come about.
 * Rejects after three minutes with what `found` says.
 */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  found: () => string | Promise<string> = () => "",
): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`not within ${limitMs} ms: ${what}\n${await found()}`);
    await new Promise((resolve) => setTimeout(resolve, betweenMs));
  }
}
