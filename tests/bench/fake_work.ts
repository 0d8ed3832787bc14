import type { JobWork } from "../../lib/bench/job_work.ts";
import { inOrder, type ItemOrder, type ItemSlice } from "../../lib/bench/run_items.ts";
import type { FakeMachine } from "./fake_machine.ts";

/** A job on a machine that is made up. */
export function workOn({ clock, host, meter }: FakeMachine, signal = new AbortController().signal): JobWork {
  return { job: { kind: "module", url: "file:///job.js" }, name: "job.js", input: "json", host, clock, meter, signal };
}

/** The items `first`, `first + 1`, ...; each has its own number as its index. */
export function numbered(count: number, first = 0): ItemSlice {
  const bytes = Array.from({ length: count }, (_, place) => new TextEncoder().encode(`${first + place}`));
  return { bytes, indexOf: (place) => first + place };
}

/** The items 0, 1, ..., one after the other. */
export function numberedOrder(count: number): ItemOrder {
  return inOrder(numbered(count).bytes);
}
