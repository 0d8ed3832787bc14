import os from "node:os";
import type { GroupLimits } from "../control_group.ts";
import type { Machine } from "../model/machine.ts";

/**
 * Describes the machine that the results depend on. Needs the permission `sys`. `limits`: those of a container, which bound what
 * the machine has.
 */
export function readMachine(limits?: GroupLimits): Machine {
  const memory = Deno.systemMemoryInfo();
  const cpus = os.cpus();
  const { value = Infinity, used = 0 } = limits?.memory ?? {};
  return {
    os: Deno.build.os,
    arch: Deno.build.arch,
    cpu: cpus[0]?.model.trim() || "unknown",
    cores: cpus.length || navigator.hardwareConcurrency, // some sandboxes do not tell
    usableCores: limits?.cores ?? navigator.hardwareConcurrency,
    cpuQuota: limits?.cpuQuota ?? null,
    memoryBytes: Math.min(memory.total, value),
    freeBytes: Math.min(memory.available, Math.max(0, value - used)),
  };
}
