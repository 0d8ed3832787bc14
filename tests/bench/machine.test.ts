import os from "node:os";
import { assert, assertEquals } from "@std/assert";
import type { GroupLimit } from "../../lib/control_group.ts";
import { readMachine } from "../../lib/bench/machine.ts";

const within = (memory: GroupLimit) => ({ memory, cpuQuota: undefined, cores: 1 });

Deno.test("readMachine: the memory limit of a container bounds what there is and what is free", () => {
  const { memoryBytes, freeBytes, cores, usableCores } = readMachine(within({ value: 1_000_000, used: 400_000 }));
  assertEquals([memoryBytes, freeBytes], [1_000_000, 600_000]);
  assert(cores >= 1 && usableCores >= 1);
  assertEquals(readMachine(within({ value: 1_000_000, used: 1_000_001 })).freeBytes, 0);
});

Deno.test("readMachine: a limit above what the machine has, or none, says nothing", () => {
  const { total } = Deno.systemMemoryInfo();
  assertEquals(readMachine().memoryBytes, total);
  assert(readMachine().freeBytes > 0);
  assertEquals(readMachine(within({ value: 2 * total, used: 0 })).memoryBytes, total);
});

Deno.test("readMachine: what the system says of its cores; where it says nothing, those that we may use are told", () => {
  const { cpus } = os;
  const times = { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 };
  const cpusOf = (...models: readonly string[]) => {
    os.cpus = () => models.map((model) => ({ model, speed: 1, times }));
    const { cpu, cores, usableCores } = readMachine();
    assertEquals(usableCores, navigator.hardwareConcurrency);
    return [cpu, cores];
  };
  const many = Array<string>(navigator.hardwareConcurrency + 1).fill("the others");
  try {
    assertEquals(cpusOf(" Some CPU ", ...many), ["Some CPU", many.length + 1]);
    assertEquals(cpusOf(""), ["unknown", 1]);
    assertEquals(cpusOf(), ["unknown", navigator.hardwareConcurrency]);
  } finally {
    os.cpus = cpus;
  }
});
