/** Nothing: what is measured is what tandem itself costs. */
export default function noop(item: number): number {
  return item;
}

export const items: readonly number[] = Array.from({ length: 20_000 }, (_, i) => i);
