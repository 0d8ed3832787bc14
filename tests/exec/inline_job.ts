/** A job's module with this text. */
export function jobOf(text: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}

/** 0 .. count - 1. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
