const word = new Int32Array(new SharedArrayBuffer(4));

/** What an item does, by its name: most are well, the others do everything that a job should not. */
const acts = {
  ok: (i) => i,
  compute(i) {
    for (const end = performance.now() + 2; performance.now() < end;);
    return i;
  },
  async wait(i) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    return i;
  },
  throw(i) {
    throw new Error(`bad ${i}`);
  },
  exit: () => Deno.exit(1),
  late(i) {
    setTimeout(() => {
      throw new Error(`late ${i}`);
    }, 1);
    return new Promise(() => {});
  },
  never: () => new Promise(() => {}),
  loop() {
    for (;;);
  },
  block: () => Atomics.wait(word, 0, 0, 60_000),
  eat() {
    const kept = [];
    for (;;) kept.push(new Uint8Array(8 * 2 ** 20).fill(1));
  },
  heap() {
    const kept = [];
    for (;;) kept.push(Array.from({ length: 1e5 }, (_, i) => ({ i })));
  },
  crash: () => new Deno.Command("kill", { args: ["-9", `${Deno.pid}`] }).outputSync(),
  big: (i) => `${i} `.padEnd(2 ** 20, "x"),
};

/**
 * @param {{ act: keyof typeof acts, i: number }} item
 * @returns {unknown}
 */
export default ({ act, i }) => acts[act](i);
