/** Does nothing: it measures tandem's own cost. */
export default function noop(item: number): number {
  return item;
}

export const items: readonly number[] = Array.from({ length: 20_000 }, (_, i) => i);
