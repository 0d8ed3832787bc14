import type { Machine } from "../model/machine.ts";

/** What the head of every JSON document says besides its result. */
export interface DocumentHead {
  readonly tool: object;
  readonly command: string;
  readonly startedAt: string;
  readonly elapsedMs: number;
  readonly machine: Machine;
  readonly options: object;
  readonly seed: number | null;
}

/** One JSON document, as `--json` prints it; `schema` counts changes that old readers would not understand. */
export function jsonDocument(head: DocumentHead, result: unknown): string {
  const { tool, command, startedAt, elapsedMs, machine, options, seed } = head;
  return `${
    JSON.stringify({ schema: 1, tool, command, startedAt, elapsedMs, machine, options, seed, result }, null, 2)
  }\n`;
}
