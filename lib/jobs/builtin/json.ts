const people = Array.from({ length: 1_000 }, (_, id) => ({ id, name: `Ada ${id}`, tags: ["a", "b"], score: id / 7 }));
const text = JSON.stringify(people);

/** Computes and makes garbage: parses 70 kB of JSON `times` times. */
export default function json(times: number): number {
  let found = 0;
  for (let i = 0; i < times; i++) found += (JSON.parse(text) as typeof people).length;
  return found;
}

export const items: readonly number[] = Array.from({ length: 64 }, () => 10);
