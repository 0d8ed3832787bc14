import { openThread } from "./experiment_thread.ts";
import type { Meter } from "../bench/machine_load.ts";
import type { Lab } from "./experiment.ts";
import { measurePairs, type Pairs } from "./pairs.ts";
import type { HopMessage, HopStart } from "./thread/hops.ts";

/** What a hop takes, from one task or thread to the other, in milliseconds. */
export interface HopsFound {
  /** Threads hop through shared memory. */
  readonly pairs: Pairs;
  /** The same threads by messages, once a round. */
  readonly messageMs: readonly number[];
  /** Context switches of the whole program in a hop, by both kinds of hop that are paired; null: Deno cannot tell. */
  readonly switches: { readonly tasks: number; readonly threads: number } | null;
}

/** Hops of one sample. */
interface HopAmounts {
  readonly tasks: number;
  readonly memory: number;
  readonly messages: number;
}

/** So many take 1 ms at least. */
const hopsOf: HopAmounts = { tasks: 20_000, memory: 800, messages: 200 };

/** Two tasks that pass a turn to and fro; resolves when it was passed on `hops` times. */
export async function hopTasks(hops: number): Promise<void> {
  let passed = 0;
  let wakeOther = () => {};
  const pass = async () => {
    while (passed < hops) {
      passed++;
      const wake = wakeOther;
      await new Promise<void>((resolve) => {
        wakeOther = resolve;
        wake();
      });
    }
    wakeOther();
  };
  await Promise.all([pass(), pass()]);
}

/** Measures hops between two tasks against hops between two threads, in pairs. */
export async function measureHops(lab: Lab, between = hopTasks, amounts: HopAmounts = hopsOf): Promise<HopsFound> {
  const turn = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  using first = await openThread("hops", { first: true, turn } satisfies HopStart);
  using second = await openThread("hops", { first: false, turn } satisfies HopStart);
  const { port1, port2 } = new MessageChannel();
  first.send({ port: port1 } satisfies HopMessage, [port1]);
  second.send({ port: port2 } satisfies HopMessage, [port2]);
  const byThreads = (by: "memory" | "messages") => async (hops: number) => {
    const task: HopMessage = { by, passes: hops / 2 };
    second.send(task);
    first.send(task);
    await Promise.all([first.receive(), second.receive()]);
  };
  const [tasks, threads] = [new SwitchCount(lab), new SwitchCount(lab)];
  const messageMs: number[] = [];
  const pairs = await measurePairs(
    () => tasks.during(amounts.tasks, () => perHop(lab, amounts.tasks, between)),
    async () => {
      const ms = await threads.during(amounts.memory, () => perHop(lab, amounts.memory, byThreads("memory")));
      messageMs.push(await perHop(lab, amounts.messages, byThreads("messages")));
      return ms;
    },
    lab,
  );
  const known = tasks.perHop !== null && threads.perHop !== null;
  const switches = known ? { tasks: tasks.perHop, threads: threads.perHop } : null;
  return { pairs, messageMs: messageMs.slice(1), switches }; // the first round only warms up
}

async function perHop({ clock }: Lab, hops: number, run: (hops: number) => Promise<void>): Promise<number> {
  const start = clock.now();
  await run(hops);
  return (clock.now() - start) / hops;
}

/** Counts the program's context switches over several runs. */
class SwitchCount {
  readonly #meter: Meter;
  #switches = 0;
  #hops = 0;

  constructor({ meter }: Lab) {
    this.#meter = meter;
  }

  async during<T>(hops: number, run: () => Promise<T>): Promise<T> {
    const before = this.#read();
    const result = await run();
    this.#switches += this.#read() - before;
    this.#hops += hops;
    return result;
  }

  /** Null: Deno cannot tell. */
  get perHop(): number | null {
    return Number.isNaN(this.#switches) ? null : this.#switches / this.#hops;
  }

  #read(): number {
    const { voluntarySwitches = NaN, involuntarySwitches = NaN } = this.#meter.readLoad();
    return voluntarySwitches + involuntarySwitches;
  }
}
