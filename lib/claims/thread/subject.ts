/** The thread's side of an experiment: what it gets, and how it answers. */
export interface ThreadPort {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/**
 * What a thread does in an experiment. It gets its input, may set `onmessage`, and answers by messages. "ready" is said for it
 * when it returns; if it resolves later, it goes on after that.
 */
export type Subject = (input: unknown, port: ThreadPort) => void;
