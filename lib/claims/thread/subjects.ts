import { echo } from "./echo.ts";
import type { Subject, ThreadPort } from "./subject.ts";

/** What threads of experiments can do. All but the first are loaded when they are asked for, so that a thread starts quickly. */
const subjects = {
  echo: () => Promise.resolve(echo),
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
