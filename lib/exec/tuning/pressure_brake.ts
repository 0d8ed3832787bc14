import type { Clock, Wait } from "../../clock.ts";
import type { Pressure } from "../../machine_pressure.ts";
import type { Brake, BrakedBy, BrakedRun } from "./brake.ts";
import { type Held, type PressureLimits, PressureRule } from "./pressure_rule.ts";

/** How often the machine is looked at, in milliseconds. Its numbers are means over 10 s or more. */
const lookMs = 500;

/** What a brake needs. */
export interface PressureBrakeOptions {
  readonly limits: PressureLimits;
  readonly clock: Clock;
  readonly read: () => Pressure;
  /** Called once, the first time that nothing runs because starts are held back. */
  readonly onStandstill: (held: Held) => void;
}

/** Holds starts back while the machine is pressed. */
export class PressureBrake implements Brake {
  readonly #options: PressureBrakeOptions;
  readonly #rule: PressureRule;
  #wait: Wait | undefined;
  #stopped = false;
  #most = Infinity;
  #stoodStill = false;

  constructor(options: PressureBrakeOptions) {
    this.#options = options;
    this.#rule = new PressureRule(options.limits);
  }

  get why(): BrakedBy | undefined {
    return this.#rule.held?.kind;
  }

  start(run: BrakedRun): void {
    this.#look(run, false);
    this.#lookAgain(run);
  }

  stop(): void {
    this.#stopped = true;
    this.#wait?.cancel();
  }

  #lookAgain(run: BrakedRun): void {
    this.#wait = this.#options.clock.wait(lookMs);
    void this.#wait.done.then(async () => {
      const runs = await run.runs();
      if (this.#stopped) return;
      this.#look(run, runs);
      this.#lookAgain(run);
    });
  }

  #look(run: BrakedRun, runs: boolean): void {
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
