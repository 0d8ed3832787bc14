import type { Clock, Wait } from "../../clock.ts";
import type { Pressure } from "../../machine_pressure.ts";
import type { Gate, GatedRun } from "./gate.ts";
import { type Held, type PressureLimits, PressureRule } from "./pressure_rule.ts";

/** How often the machine is looked at, in milliseconds. Its numbers are means over 10 s or more. */
const lookMs = 500;

/** What a gate needs. */
export interface PressureGateOptions {
  readonly limits: PressureLimits;
  readonly clock: Clock;
  readonly read: () => Pressure;
  /** Called once, the first time that nothing runs because starts are held back. */
  readonly onStandstill: (held: Held) => void;
}

/** Holds starts back while the machine is pressed. */
export class PressureGate implements Gate {
  readonly #options: PressureGateOptions;
  readonly #rule: PressureRule;
  #wait: Wait | undefined;
  #stopped = false;
  #most = Infinity;
  #stoodStill = false;

  constructor(options: PressureGateOptions) {
    this.#options = options;
    this.#rule = new PressureRule(options.limits);
  }

  /** What holds starts back now. */
  get held(): Held | undefined {
    return this.#rule.held;
  }

  start(run: GatedRun): void {
    this.#look(run, false);
    this.#lookAgain(run);
  }

  stop(): void {
    this.#stopped = true;
    this.#wait?.cancel();
  }

  #lookAgain(run: GatedRun): void {
    this.#wait = this.#options.clock.wait(lookMs);
    void this.#wait.done.then(async () => {
      const runs = await run.runs();
      if (this.#stopped) return;
      this.#look(run, runs);
      this.#lookAgain(run);
    });
  }

  #look(run: GatedRun, runs: boolean): void {
    const { clock, read, onStandstill } = this.#options;
    const most = this.#rule.look(read(), runs, clock.now());
    const { held } = this.#rule;
    if (held !== undefined && !runs && !this.#stoodStill) {
      this.#stoodStill = true;
      onStandstill(held);
    }
    if (most === this.#most) return;
    this.#most = most;
    run.hold(most);
  }
}
