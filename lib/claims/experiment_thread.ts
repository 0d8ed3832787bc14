import { entryPoint } from "../entry_points.ts";
import { ready, type SubjectName, type SubjectStart } from "./thread/subjects.ts";

/** A thread of an experiment. */
export interface ExperimentThread extends Disposable {
  send(message: unknown, transfer?: Transferable[]): void;
  /**
   * The next message of the thread, in the order in which they came.
   *
   * @throws {Error} what the thread threw
   */
  receive(): Promise<unknown>;
  /** Asks the system to end the thread. One that is busy goes on (see claim 11). */
  terminate(): void;
}

/** Starts a thread; resolves when it is ready. It is terminated when it is disposed of. */
export async function openThread(subject: SubjectName, input?: unknown): Promise<ExperimentThread> {
  const worker = new Worker(entryPoint("experiment"), { type: "module" });
  const queued: Promise<unknown>[] = [];
  const waiting: PromiseWithResolvers<unknown>[] = [];
  const deliver = (message: Promise<unknown>) => {
    const receiver = waiting.shift();
    if (receiver !== undefined) return receiver.resolve(message);
    message.catch(() => {}); // whoever receives it gets it
    queued.push(message);
  };
  worker.onmessage = ({ data }) => deliver(Promise.resolve(data));
  worker.onerror = (event) => {
    event.preventDefault();
    deliver(Promise.reject(new Error(event.message)));
  };
  const thread: ExperimentThread = {
    send: (message, transfer = []) => worker.postMessage(message, transfer),
    receive() {
      const message = queued.shift();
      if (message !== undefined) return message;
      const receiver = Promise.withResolvers<unknown>();
      waiting.push(receiver);
      return receiver.promise;
    },
    terminate: () => worker.terminate(),
    [Symbol.dispose]: () => worker.terminate(),
  };
  const start: SubjectStart = { subject, input };
  worker.postMessage(start);
  const first = await thread.receive().catch((error) => (worker.terminate(), Promise.reject(error)));
  if (first !== ready) throw new Error(`a thread began with ${first}`);
  return thread;
}

/** Several threads for the same. */
export interface ExperimentThreads extends Disposable {
  readonly threads: readonly ExperimentThread[];
}

/** Starts `count` threads at the same time; if one of them cannot be started, none is left. */
export async function openThreads(subject: SubjectName, count: number, input?: unknown): Promise<ExperimentThreads> {
  const opened = await Promise.allSettled(Array.from({ length: count }, () => openThread(subject, input)));
  const threads = opened.flatMap((one) => one.status === "fulfilled" ? [one.value] : []);
  const end = () => threads.forEach((thread) => thread.terminate());
  const failed = opened.find((one) => one.status === "rejected");
  if (failed === undefined) return { threads, [Symbol.dispose]: end };
  end();
  throw failed.reason;
}
