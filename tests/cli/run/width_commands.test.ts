import { assertEquals, assertThrows } from "@std/assert";
import { commandBounds, isFixed, type WidthFlags } from "../../../lib/cli/run/width.ts";
import { UsageError } from "../../../lib/errors.ts";

const bounds = (flags: Partial<WidthFlags> = {}, cores = 4) =>
  commandBounds({ mode: "auto", threads: undefined, tasks: undefined, ...flags }, cores);

Deno.test("commandBounds: one thread starts at most two commands for each usable core", () => {
  assertEquals(bounds(), { threads: [1, 1], tasks: [1, 8], places: 8 });
  assertEquals(bounds({}, 1), { threads: [1, 1], tasks: [1, 2], places: 2 });
});

Deno.test("commandBounds: --threads and --tasks both say how many commands run at once", () => {
  for (const flag of ["threads", "tasks"] as const) {
    assertEquals(bounds({ [flag]: 3 }), { threads: [1, 1], tasks: [3, 3] });
  }
  const { message } = assertThrows(() => bounds({ threads: 3, tasks: 3 }), UsageError);
  assertEquals(message, "with --exec, --threads and --tasks both say how many commands run at once; leave one out");
});

Deno.test("commandBounds: --mode serial runs one command at once; another mode is for jobs", () => {
  for (const flags of [{}, { threads: 1 }, { tasks: 1 }]) {
    assertEquals(bounds({ mode: "serial", ...flags }), { threads: [1, 1], tasks: [1, 1] });
  }
  assertEquals(
    assertThrows(() => bounds({ mode: "serial", tasks: 2 }), UsageError).message,
    "--mode serial runs one command at once, found 2; leave one of the two flags out",
  );
  for (const mode of ["tasks", "threads", "both"] as const) {
    assertEquals(
      assertThrows(() => bounds({ mode }), UsageError).message,
      `--mode ${mode} is for jobs; with --exec, -j says how many commands run at once`,
    );
  }
});

Deno.test("isFixed: both numbers have to be fixed", () => {
  assertEquals(isFixed({ threads: [1, 4], tasks: [2, 2] }), false);
  assertEquals(isFixed({ threads: [4, 4], tasks: [1, 2] }), false);
  assertEquals(isFixed({ threads: [4, 4], tasks: [2, 2] }), true);
});
