import { after } from "../../../clock.ts";

/** How often the memory of the process is read, in milliseconds: a limit of 256 MiB is seen at 258 to 266 MiB. */
const periodMs = 5;

/** Polls the resident memory of this process, including ArrayBuffers, that `rssBytes` reads. Calls `passed` once when it exceeds the limit. */
export function watchMemory(rssBytes: () => number, limitBytes: number, passed: (usedBytes: number) => void): void {
  after(periodMs, () => {
    const used = rssBytes();
    if (used > limitBytes) passed(used);
    else watchMemory(rssBytes, limitBytes, passed);
  });
}
