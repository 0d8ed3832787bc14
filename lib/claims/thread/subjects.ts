import { echo } from "./echo.ts";
import type { Subject, ThreadPort } from "./subject.ts";

/** What threads of experiments can do. All but the first are loaded when they are asked for, so that a thread starts quickly. */
const subjects = {
  echo: () => Promise.resolve(echo),
  busy: async () => (await import("./busy.ts")).busy,
  cleanups: async () => (await import("./cleanups.ts")).cleanups,
  besideComputation: async () => (await import("./beside_computation.ts")).besideComputation,
  adder: async () => (await import("./adder.ts")).adder,
  stackFrames: async () => (await import("./stack_frames.ts")).stackFrames,
  blockingWaits: async () => (await import("./blocking_waits.ts")).blockingWaits,
  waits: async () => (await import("./waits.ts")).waits,
  hops: async () => (await import("./hops.ts")).hops,
} satisfies Readonly<Record<string, () => Promise<Subject>>>;

/** The name of what a thread does. */
export type SubjectName = keyof typeof subjects;

/** The first message of a thread. */
export interface SubjectStart {
  readonly subject: SubjectName;
  readonly input: unknown;
}

/** The first answer of a thread. */
export const ready = "ready";

/** Begins what the thread is asked for. */
export async function runSubject({ subject, input }: SubjectStart, port: ThreadPort): Promise<void> {
  const run = await subjects[subject]();
  run(input, port);
  port.postMessage(ready);
}
