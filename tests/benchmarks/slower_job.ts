/** A job that computes 4 to 5 ms. */
const jobOf = (steps: number) =>
  `export const items = Array.from({ length: 16 }, (_, i) => i);
export default function (n) {
  let x = n;
  for (let i = 0; i < ${steps}; i++) x = (x * 1103515245 + 12345) & 0x7fffffff;
  return x === -1 ? 0 : n;
}
`;

/** Writes a job, and the same made slower by 5 %, into a folder. Returns their paths. */
export function writeJobs(folder: string): [job: string, slower: string] {
  const write = (steps: number) => {
    const path = `${folder}/${steps}.js`;
    Deno.writeTextFileSync(path, jobOf(steps));
    return path;
  };
  return [write(1_000_000), write(1_050_000)];
}
