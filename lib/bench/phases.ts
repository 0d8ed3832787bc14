import type { Phases } from "../model/comparison.ts";
import type { RunReading } from "../model/run_reading.ts";
import { median, sum } from "../stats/quantiles.ts";
import { computingShare } from "./computing.ts";

/**
 * What an item goes through in serial. The one thread has work until the last item ends, so the rest of the time is sending
 * and receiving. CPU time is summed over all rounds, because one round is too short. An item waits while its promise is
 * pending and nothing computes. Time that is neither computing nor waiting blocks the thread.
 */
export function phasesOf(serial: readonly RunReading[]): Phases {
  const workedMs = median(serial.map(({ worked, items }) => worked.ms / items));
  const transferMs = Math.max(0, median(serial.map(({ elapsedMs, worked, items }) => (elapsedMs - worked.ms) / items)));
  const share = computingShare({
    cpuMs: sum(serial.map(({ worked }) => worked.cpuMs)),
    knownMs: sum(serial.map(({ worked }) => worked.knownMs)),
  });
  const computingMs = share === undefined ? null : share * workedMs;
  const pendingMs = median(serial.map(({ worked, items }) => worked.pendingMs / items));
  const waitingMs = computingMs === null ? null : Math.min(workedMs - computingMs, pendingMs);
  return {
    startMs: median(serial.map(({ startMs }) => startMs)),
    sendMs: latencyOf(serial, "sendMs"),
    queueMs: latencyOf(serial, "queueMs"),
    computingMs,
    blockingMs: computingMs === null || waitingMs === null ? null : workedMs - computingMs - waitingMs,
    waitingMs,
    receiveMs: latencyOf(serial, "receiveMs"),
    transferMs,
  };
}

/** What can be told of an item without serial runs: what is the same in all modes of one thread. */
export function phasesWithoutSerial(runs: readonly RunReading[]): Phases {
  const { startMs, transferMs } = phasesOf(runs);
  const unknown = {
    sendMs: null,
    queueMs: null,
    computingMs: null,
    blockingMs: null,
    waitingMs: null,
    receiveMs: null,
  };
  return { ...unknown, startMs, transferMs };
}

function latencyOf(runs: readonly RunReading[], phase: "sendMs" | "queueMs" | "receiveMs"): number | null {
  const each = runs.flatMap(({ latency, items }) => latency === null ? [] : [latency[phase] / items]);
  return each.length === 0 ? null : median(each);
}
