import { assert } from "@std/assert";

const program = new URL("../benchmarks/streams/ours.ts", import.meta.url).href;

/** Bytes of heap in use at each mark, in a process of its own: its garbage collector can be called. */
async function heapAt(marks: readonly number[], ...args: readonly string[]): Promise<number[]> {
  const flags = ["run", "--v8-flags=--expose-gc", "--frozen", "--cached-only", "--no-check", "--no-prompt"];
  const options: Deno.CommandOptions = { args: [...flags, program, ...args, ...marks.map(String)], stdin: "null" };
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), options).output();
  assert(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

for (const reader of ["merge", "merge-slowly"]) {
  Deno.test(`${reader}: keeps nothing of what sources that are always ready have given`, async () => {
    const marks = [100_000, 400_000];
    const [few, many] = await heapAt(marks, reader, "heap", "500000");
    const bytesOfValue = (many - few) / (marks[1] - marks[0]);
    assert(bytesOfValue < 2, `${bytesOfValue} bytes of each value stay`); // a reference has 4 or 8
  });
}

Deno.test("channel: its memory falls as its backlog is read", async () => {
  const values = 400_000;
  const marks = [0, values / 4, values / 2, values];
  const heap = await heapAt(marks, "channel", "backlog", `${values}`);
  for (const [at, mark] of marks.entries()) {
    const bytesOfValue = (heap[0] - heap[at]) / mark;
    assert(at === 0 || bytesOfValue > 2, `${bytesOfValue} bytes of each of ${mark} values were freed`);
  }
});
