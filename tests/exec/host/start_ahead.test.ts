import { assertEquals, assertRejects } from "@std/assert";
import type { Host, HostedSlot } from "../../../lib/exec/host/host.ts";
import { startAhead } from "../../../lib/exec/host/start_ahead.ts";

/** A host of slots that only tell whether they were terminated, and are gone some turns later. */
function quietHost(fails?: number): { readonly host: Host; readonly gone: number[] } {
  const gone: number[] = [];
  const host: Host = (generation) => {
    if (generation === fails) throw new Error("too many open files");
    const terminate = async () => {
      for (let turns = 0; turns < 10; turns++) await undefined;
      gone.push(generation);
    };
    return { terminate } as unknown as HostedSlot;
  };
  return { host, gone };
}

Deno.test("start ahead: disposing waits until the slots that nobody has taken are gone, and leaves the others", async () => {
  const { host, gone } = quietHost();
  {
    await using ahead = await startAhead(host, 3);
    ahead.host(2 as Parameters<Host>[0], () => {});
  }
  assertEquals(gone, [1, 3]);
});

Deno.test("start ahead: if a slot cannot be started, those before it are gone", async () => {
  const { host, gone } = quietHost(3);
  await assertRejects(async () => void await startAhead(host, 4), Error, "too many open files");
  assertEquals(gone, [1, 2]);
});
