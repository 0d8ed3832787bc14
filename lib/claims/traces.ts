import type { Lab } from "./experiment.ts";
import { openThread } from "./experiment_thread.ts";
import {
  type Call,
  type CallForm,
  calling,
  chainLength,
  framesIn,
  framesKept,
  throwingLater,
  throwingNow,
} from "./thread/stack_frames.ts";

/** How many functions of a chain the stack of an error names, by how they call one another. */
export interface TracesFound {
  /** The functions of a chain. */
  readonly length: number;
  /** Plain calls. */
  readonly called: number;
  /** Tasks, by form: each function awaits the next one, or not. */
  readonly tasks: Readonly<Record<TaskForm, number>>;
  /** Functions of a thread, which call one another, in the error that the thread answers with. */
  readonly inThread: number;
  /** Functions that await one another, the last of which asks that thread, in the same error. */
  readonly asking: number;
}

/** How tasks call one another. */
export type TaskForm = "awaited" | "together" | "streamed" | "returned" | "then";

/** The forms that are tried; tests put others in their place. */
export interface TraceForms {
  readonly called: CallForm;
  readonly tasks: Readonly<Record<TaskForm, CallForm>>;
}

/** The forms that tasks and plain calls have. */
export const traceForms: TraceForms = {
  called: calling,
  tasks: {
    awaited: (next) => async () => await next(),
    together: (next) => async () => await Promise.all([next()]),
    streamed: (next) =>
      async function* () {
        for await (const value of next() as AsyncIterable<unknown>) yield value;
      },
    returned: (next) => () => next(),
    then: (next) => () => (next() as Promise<unknown>).then((value) => value),
  },
};

/** Counts what stack traces keep. It is the same each time, so it is done once. */
export async function measureTraces({ step }: Pick<Lab, "step">, { called, tasks } = traceForms): Promise<TracesFound> {
  await step(0);
  const throwingStream: Call = async function* () {
    yield await throwingLater()();
  };
  const found = {
    length: chainLength,
    called: await framesKept({ form: called, last: throwingNow() }),
    tasks: {
      awaited: await framesKept({ form: tasks.awaited, last: throwingLater() }),
      together: await framesKept({ form: tasks.together, last: throwingLater() }),
      streamed: await framesKept({ form: tasks.streamed, last: throwingStream }),
      returned: await framesKept({ form: tasks.returned, last: throwingLater() }),
      then: await framesKept({ form: tasks.then, last: throwingLater() }),
    },
  };
  if (found.called === 0) throw new Error("this build of the program keeps no names of functions");
  await step(0.5);
  using thread = await openThread("stackFrames");
  let inThread = 0;
  const ask = async () => {
    thread.send("throw");
    const error = await thread.receive() as Error;
    inThread = framesIn(error);
    throw error;
  };
  const asking = await framesKept({ form: traceForms.tasks.awaited, last: ask, name: "asking" });
  await step(1);
  return { ...found, inThread, asking };
}
