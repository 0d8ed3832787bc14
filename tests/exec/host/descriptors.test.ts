import { assert, assertEquals } from "@std/assert";
import { TooManyThreads } from "../../../lib/errors.ts";
import { checkDescriptors } from "../../../lib/exec/host/descriptors.ts";

/** Whether a check passes where `free` files can be opened, and how many it has left open. */
function check(free: number, error: Error = new Error("Too many open files (os error 24)")) {
  let open = 0;
  const { openSync } = Deno;
  Deno.openSync = () => {
    if (open === free) throw error;
    open++;
    return { close: () => open-- } as Partial<Deno.FsFile> as Deno.FsFile;
  };
  try {
    checkDescriptors("thread");
    return { left: open };
  } catch (thrown) {
    return { thrown, left: open };
  } finally {
    Deno.openSync = openSync;
  }
}

Deno.test("descriptors: a thread is not started where its own might not be there, and the check leaves nothing open", () => {
  for (const free of [0, 10, 31]) {
    const { thrown, left } = check(free);
    assert(thrown instanceof TooManyThreads, `${free} free`);
    assertEquals([thrown.message, left], ["another thread cannot be started: Too many open files", 0]);
  }
  assertEquals(check(32), { left: 0 });
});

Deno.test("descriptors: where nothing can be found out, nothing is said", () => {
  assertEquals(check(0, new Deno.errors.NotCapable("Requires read access")), { left: 0 });
});
