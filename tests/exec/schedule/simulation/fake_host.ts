import type { Host, HostedSlot, HostMessage } from "../../../../lib/exec/host/host.ts";
import { RangeSet } from "../../../../lib/exec/schedule/range_set.ts";
import type { SlotId } from "../../../../lib/exec/schedule/scheduler.ts";
import type { Part } from "../../../../lib/exec/wire/part.ts";
import type { RunningSince, ToSlot } from "../../../../lib/exec/wire/protocol.ts";
import { n } from "../../numbers.ts";
import type { Agenda } from "./agenda.ts";
import { FakeSlot, type Surroundings } from "./fake_slot.ts";
import { Violation } from "./ledger.ts";
import type { Dice, Scenario } from "./scenario.ts";

/** What a host needs from the world around it. */
export interface HostOptions {
  readonly scenario: Scenario;
  readonly dice: Dice;
  readonly agenda: Agenda;
  readonly surroundings: Surroundings;
  /** Runs something that may find that a promise is broken. */
  readonly guard: (act: () => void) => void;
}

/** A host of fake slots: delays what main and slots send each other, and keeps the order of each slot's messages. */
export class FakeHost {
  /** The slot that was started last at each place. */
  readonly slots = new Map<SlotId, FakeSlot>();
  readonly all: FakeSlot[] = [];
  readonly #options: HostOptions;
  readonly #dying = new Map<FakeSlot, () => void>();

  constructor(options: HostOptions) {
    this.#options = options;
  }

  readonly host: Host = (generation, onMessage) => {
    const { scenario, agenda, surroundings, guard, dice } = this.#options;
    const { message: messageMs, start: startMs } = scenario.maxMs;
    const isThread = scenario.hostMs === 0;
    const up = this.#line(messageMs);
    const down = this.#line(messageMs);
    const slot: FakeSlot = new FakeSlot(generation, surroundings, (message) => {
      if (message.kind === "fatal") return fail();
      up(() => onMessage(message));
    });
    let shared: Int32Array = new Int32Array();

    /** The slot fails by itself: a thread, whose table remains, or its whole process. */
    const fail = () => {
      slot.die(scenario.dies === "thread");
      const { table } = surroundings;
      const started = new RangeSet();
      for (const item of table.running(slot)) started.add(item, item + 1);
      const known = scenario.dies === "process, known" ? [...started.ranges] : undefined;
      const error = { name: "ProcessDied", message: "its process died", code: "lost" as const };
      const message: HostMessage = scenario.dies === "thread"
        ? { kind: "fatal", message: "it failed" }
        : { kind: "crashed", error, started: known };
      up(() => onMessage(message));
    };

    /** What main says reaches a slot later. A process then also gets the words that main shares with threads. */
    const tell = (act: () => void) => {
      const words = isThread ? shared : shared.slice();
      down(() =>
        guard(() => {
          slot.control = words;
          act();
        })
      );
    };

    const running = (parts: readonly Part[]) => {
      const found: RunningSince[] = [];
      for (const { range: { first, end } } of parts) {
        for (let item = first; item < end; item++) {
          const since = surroundings.table.startedAt(item, slot);
          if (since !== undefined) found.push({ item: n(item), since: n(since || 1), waits: !slot.isHeldBy(item) }); // 0: has only just started
        }
      }
      return found;
    };

    const load = (message: ToSlot & { kind: "load" }) => {
      shared = message.control;
      slot.load(message);
      slot.control = shared;
      this.slots.set(slot.id, slot);
      const loaded = () => {
        if (slot.dead) return;
        slot.up = true;
        up(() => onMessage({ kind: "loaded", hasTeardown: dice.chance(0.5) }));
      };
      const ms = dice.below(startMs + 1);
      if (ms === 0 && scenario.atOnce) loaded();
      else agenda.after(ms, loaded);
    };

    const hosted: HostedSlot = {
      post(message) {
        if (message.kind === "load") return load(message);
        if (message.kind === "finish") return down(() => slot.dead || up(() => onMessage({ kind: "finished" })));
        tell(() => slot.hear(message));
      },
      send({ range }) {
        surroundings.table.assign(range, slot);
        tell(() => slot.take(range.first, range.end));
      },
      reclaim: (parts) => this.#reclaim(slot, parts, (message) => onMessage(message)),
      cancel: ({ range }) => tell(() => slot.cancel(range.first)),
      running: async (parts) => {
        if (!isThread) await agenda.wait(dice.below(scenario.hostMs + 1)).done;
        const found = running(parts);
        if (!isThread) await agenda.wait(dice.below(scenario.hostMs + 1)).done;
        return slot.dead ? [] : found;
      },
      lastRunning: running,
      terminate: () => {
        guard(() => {
          if (slot.terminated) throw new Violation(`slot ${slot.id} is terminated twice`);
        });
        slot.terminated = slot.dead = true;
        return isThread ? Promise.resolve() : agenda.wait(dice.below(scenario.hostMs + 1)).done;
      },
    };
    this.all.push(slot);
    this.#dying.set(slot, fail);
    if (scenario.atOnce && dice.chance(scenario.odds.stillborn)) fail();
    return hosted;
  };

  /** Some slot dies. */
  kill(): void {
    const alive = [...this.slots.values()].filter(({ dead }) => !dead);
    if (alive.length > 0) this.#dying.get(this.#options.dice.of(...alive))?.();
  }

  /** Main reads a thread's table itself. A process answers for its table; items that it took back are lost if it dies first. */
  #reclaim(slot: FakeSlot, parts: readonly Part[], answer: (message: HostMessage) => void): void {
    const { scenario: { hostMs }, dice, agenda, surroundings } = this.#options;
    const take = () => surroundings.table.reclaim(parts.map(({ range }) => range), slot);
    if (hostMs === 0) return answer({ kind: "reclaimed", ranges: take() });
    agenda.after(dice.below(hostMs + 1), () => {
      if (slot.dead) return;
      const ranges = take();
      agenda.after(dice.below(hostMs + 1), () => answer({ kind: "reclaimed", ranges }));
    });
  }

  /** A line on which nothing overtakes. */
  #line(maxMs: number): (act: () => void) => void {
    const { scenario, dice, agenda } = this.#options;
    let under = 0;
    let free = 0;
    return (act) => {
      const at = Math.max(free, agenda.now() + dice.below(maxMs + 1));
      free = at;
      if (under === 0 && at === agenda.now() && scenario.atOnce) return act();
      under++;
      agenda.after(at - agenda.now(), () => {
        under--;
        act();
      });
    };
  }
}
