/** How many tasks have been started, and how many of them have ended. The tasks keep it. */
export class Census {
  started = 0;
  ended = 0;
  readonly #all = Promise.withResolvers<void>();

  /** Resolves when all that were started have ended. */
  get allEnded(): Promise<void> {
    return this.#all.promise;
  }

  /** A task has ended. */
  end(): void {
    this.ended++;
    if (this.ended === this.started) this.#all.resolve();
  }
}

/** A place where tasks of one kind wait. */
export interface Parking {
  /** Starts one more task, which then waits. */
  start(): void;
  /** Resolves when all that were started wait, if that takes more than their start. */
  readonly parked?: () => Promise<void>;
  /** Lets all tasks go on, or cancels them, and resolves when they have ended. */
  end(): Promise<void>;
}

/** Makes a place for so many tasks. `port`: where the server listens, for tasks that need one. */
export type MakeParking = (capacity: number, census: Census, port: number) => Parking;
