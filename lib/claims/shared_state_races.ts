import { contendedReason, contention } from "../bench/contention.ts";
import type { Claim, Finding, Place, Test } from "./claim.ts";
import type { Lost, LostUpdatesFound } from "./lost_updates.ts";
import { countOf } from "./quantities.ts";

/** Claim 19. */
export const sharedStateRaces: Claim<LostUpdatesFound> = {
  id: "shared-state-races",
  sentence: "unsynchronized threads race",
  source: "article",
  needs: { cores: 1, busyCores: 0 },
  family: null,
  experiment: {
    ms: { quick: 150, default: 300, full: 1000 },
    measure: async (lab) => await (await import("./lost_updates.ts")).measureLostUpdates(lab),
  },
  judge: judgeLostUpdates,
  explained: {
    stands: `The article: threads require careful management of shared state using synchronization primitives, which can
lead to race conditions.`,
    measured:
      `Two threads add 1 to the same word of shared memory, again and again for 10 ms: with a plain counter[0]++, and
then with Atomics.add. Additions are lost if the sum is too small. It holds if plain additions are lost and
atomic ones are not. Tasks of one event loop do the same to a variable. If nothing is lost on one core, or while other
programs used the cores, the claim is open: the threads may not have run at the same time.`,
    reading:
      `counter[0]++ reads, adds and writes: what another thread writes in between is lost. Tasks of one event loop
lose nothing as long as they do not await between reading and writing; if they do, they lose additions too, without any
thread. Values that are sent as messages are copied, so they cannot race.`,
    elsewhere: [
      {
        says: "Go: data races are among the most common and hardest bugs of concurrent systems; its tools detect them.",
        source: "Go, Data Race Detector, https://go.dev/doc/articles/race_detector",
      },
      {
        says: "Go: two unguarded i++ can give 1 in place of 2; an atomic add gives 2.",
        source:
          "100 Go Mistakes (Manning), https://livebook.manning.com/learn/concepts/data-race--domain-concept/100-go-mistakes-and-how-to-avoid-them",
      },
      {
        says: "JavaScript: Atomics.add guarantees that no other write happens until its value is written back.",
        source:
          "MDN, Atomics.add(), https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Atomics/add",
      },
    ],
    byHand: `const code = \`onmessage = ({ data: words }) => {
  for (let i = 0; i < 1e6; i++) { words[0]++; Atomics.add(words, 1, 1); } postMessage(0); };\`;
const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
const words = new Int32Array(new SharedArrayBuffer(8));
const workers = [new Worker(url, { type: "module" }), new Worker(url, { type: "module" })];
await Promise.all(workers.map((worker) => new Promise((done) => {
  worker.onmessage = done;
  worker.postMessage(words);
})));
console.log("plain additions lost:", 2e6 - words[0], "of", 2e6);
console.log("atomic additions lost:", 2e6 - words[1], "of", 2e6);
workers.forEach((worker) => worker.terminate());`,
  },
};

/** Judges the threads; the tasks are the contrast. */
export function judgeLostUpdates(found: LostUpdatesFound, { cores }: Place): Finding {
  const { plain, atomic, inOneGo, awaiting } = found;
  const count = ({ all, lost }: Lost) => countOf(lost, all);
  return {
    test: testOf(found, cores),
    effect: null,
    interval: null,
    evidence: {
      tasks: count(inOneGo),
      threads: count(plain),
      says:
        "Two threads lost {plain} plain additions to a shared counter and {atomic} atomic ones; tasks of one event " +
        "loop lost {inOneGo}, and {awaiting} with an await between reading and writing.",
      quantities: {
        plain: count(plain),
        atomic: count(atomic),
        inOneGo: count(inOneGo),
        awaiting: count(awaiting),
        threads: countOf(found.threads),
      },
      samples: { lostInRoundCount: found.lostInRound },
    },
  };
}

/** One lost addition is proof, on any machine; that nothing was lost says something only if both threads had a core. */
function testOf({ plain, atomic, threads, load }: LostUpdatesFound, { all, usable }: Place["cores"]): Test {
  if (plain.lost > 0 || atomic.lost > 0) return { kind: "counted", holds: atomic.lost === 0 };
  if (usable < threads) return { kind: "open", reason: { kind: "too-few-cores", cores: threads, usableCores: usable } };
  const reason = contendedReason(contention(load === null ? [] : [load], { all, needed: threads }), { all });
  return reason === undefined ? { kind: "counted", holds: false } : { kind: "open", reason };
}
