import { assertEquals } from "@std/assert";
import { nextTurn } from "../../../lib/clock.ts";
import { PressureBrake } from "../../../lib/exec/tuning/pressure_brake.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";

/** A brake for a load of 0.5, on a machine and in a run as the test says. `did`: what it has done. */
function brakeOf(world: { load: number; runs: boolean }) {
  const clock = new Agenda();
  const did: string[] = [];
  const brake = new PressureBrake({
    limits: { load: 0.5 },
    clock,
    read: () => ({ load: world.load, freeBytes: undefined }),
    onStandstill: (held) => void did.push(`stands still: ${held.kind}`),
  });
  const run = { runs: () => Promise.resolve(world.runs), hold: (most: number) => void did.push(`hold ${most}`) };
  const look = async () => {
    await clock.next();
    await nextTurn();
  };
  return { brake, clock, did, look, start: () => brake.start(run) };
}

Deno.test("pressure brake: looks before the first item, then each 500 ms, and tells the run what changes", async () => {
  const world = { load: 0.1, runs: true };
  const { did, look, clock, start, brake } = brakeOf(world);
  start();
  assertEquals([did, brake.why], [[], undefined]);
  world.load = 0.6;
  await look();
  await look();
  assertEquals([clock.now(), did, brake.why], [1_000, ["hold 0"], "load"]);
  world.load = 0.1;
  await look();
  assertEquals(did, ["hold 0", "hold Infinity"]);
});

Deno.test("pressure brake: holds a run from its start, and says once that nothing runs", async () => {
  const world = { load: 0.9, runs: false };
  const { did, look, start } = brakeOf(world);
  start();
  assertEquals(did, ["stands still: load", "hold 0"]);
  await look();
  world.load = 0;
  await look();
  world.load = 0.9;
  await look();
  assertEquals(did, ["stands still: load", "hold 0", "hold Infinity", "hold 0"]);
});

Deno.test("pressure brake: does nothing once its run is over, also if it was just looking", async () => {
  const world = { load: 0.1, runs: true };
  const { brake, did, clock, start } = brakeOf(world);
  start();
  world.load = 0.9;
  const looking = clock.next();
  brake.stop();
  await looking;
  await nextTurn();
  assertEquals([did, clock.isEmpty], [[], true]);
});
