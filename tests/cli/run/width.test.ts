import { assertEquals, assertThrows } from "@std/assert";
import { isFixed, widthBounds, type WidthFlags } from "../../../lib/cli/run/width.ts";
import { UsageError } from "../../../lib/errors.ts";

const cores = 4;
const bounds = (mode: WidthFlags["mode"], threads?: number, tasks?: number) =>
  widthBounds({ mode, threads, tasks }, cores);

Deno.test("widthBounds: auto chooses both, unless a number is given", () => {
  assertEquals(bounds("auto"), { threads: [1, 4], tasks: [1, 512], places: 512 });
  assertEquals(bounds("auto", 2), { threads: [2, 2], tasks: [1, 1] });
  assertEquals(bounds("auto", undefined, 8), { threads: [4, 4], tasks: [8, 8] });
});

Deno.test("widthBounds: each mode fixes what its name says", () => {
  assertEquals(bounds("serial"), { threads: [1, 1], tasks: [1, 1] });
  assertEquals(bounds("tasks"), { threads: [1, 1], tasks: [1, 512], places: 512 });
  assertEquals(bounds("tasks", 1, 50), { threads: [1, 1], tasks: [50, 50] });
  assertEquals(bounds("threads"), { threads: [4, 4], tasks: [1, 1] });
  assertEquals(bounds("threads", 8), { threads: [8, 8], tasks: [1, 1] });
  assertEquals(bounds("both"), { threads: [4, 4], tasks: [1, 512], places: 512 });
  assertEquals(bounds("both", 2, 3), { threads: [2, 2], tasks: [3, 3] });
});

Deno.test("widthBounds: a mode and a number that contradict each other", () => {
  const one = (mode: string, noun: string, flag: string) =>
    `--mode ${mode} has one ${noun}, found ${flag}; leave one of the two flags out`;
  const refused = (...given: Parameters<typeof bounds>) => assertThrows(() => bounds(...given), UsageError).message;
  assertEquals(refused("serial", 2), one("serial", "thread", "--threads 2"));
  assertEquals(refused("tasks", 2), one("tasks", "thread", "--threads 2"));
  assertEquals(refused("serial", undefined, 2), one("serial", "task", "--tasks 2"));
  assertEquals(refused("threads", undefined, 2), one("threads", "task", "--tasks 2"));
  assertEquals(bounds("serial", 1, 1), bounds("serial")); // what the mode says anyway
});

Deno.test("isFixed: nothing to choose", () => {
  assertEquals([isFixed(bounds("serial")), isFixed(bounds("auto", 2)), isFixed(bounds("tasks"))], [true, true, false]);
});
