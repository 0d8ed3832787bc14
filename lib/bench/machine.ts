import os from "node:os";
import type { Machine } from "../model/machine.ts";

/** Describes the machine that the results depend on. Needs the permission `sys`. */
export function readMachine(): Machine {
  const memory = Deno.systemMemoryInfo();
  const cpus = os.cpus();
  return {
    os: Deno.build.os,
    arch: Deno.build.arch,
    cpu: cpus[0]?.model.trim() || "unknown",
    cores: cpus.length,
    usableCores: navigator.hardwareConcurrency,
    memoryBytes: memory.total,
    freeBytes: memory.available,
  };
}
