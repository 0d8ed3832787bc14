import { assertEquals } from "@std/assert";
import type { Host, HostedSlot, HostMessage } from "../../../lib/exec/host/host.ts";
import { outcomesOf } from "../../../lib/exec/pool/outcomes.ts";
import type { RunningNow } from "../../../lib/exec/pool/in_flight.ts";
import { openPool, type Pool } from "../../../lib/exec/pool/pool.ts";
import type { PoolOptions } from "../../../lib/exec/pool/pool_options.ts";
import type { RunOptions } from "../../../lib/exec/pool/run_options.ts";
import { itemRemedies } from "../../../lib/cli/job/remedies.ts";
import { valueFormat } from "../../../lib/exec/run_job.ts";
import { encodeBytesItem, encodeJsonItem, valueSource } from "../../../lib/exec/input/value_source.ts";
import { noPermissions, type Permissions } from "../../../lib/exec/host/worker_host.ts";
import type { Outcome } from "../../../lib/model/item.ts";
import type { Spans } from "../../../lib/exec/wire/probed.ts";
import type { Probes } from "../../../lib/exec/wire/protocol.ts";
import type { Clock } from "../../../lib/clock.ts";
import { jobOf } from "../inline_job.ts";
import { type AbilityName, isAble, type Runtime } from "./abilities.ts";

/** Makes the host under test. Its slots have only these permissions. */
export type MakeHost = (permissions: Permissions) => Host;

/** The options of a test's pool. */
export interface Setting {
  readonly threads?: number;
  readonly tasks?: number;
  readonly input?: "json" | "bytes";
  readonly output?: "json" | "bytes";
  readonly permissions?: Permissions;
  readonly loadMs?: number;
  readonly probes?: Probes;
  readonly spans?: Spans;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** A pool of the host under test. */
export interface TestPool {
  /** Runs the job over the items, by default in order. */
  run(items: Items, options?: Partial<RunOptions>): AsyncGenerator<Outcome, void>;
  /** Resolves when a slot posts this message again. */
  heard(kind: HostMessage["kind"]): Promise<void>;
  /** Resolves to the line and the age of the item that has been running longest; undefined if none runs. */
  oldest(): Promise<RunningNow["oldest"]>;
  close: Pool["close"];
}

export type Items = AsyncIterable<unknown> | Iterable<unknown>;

const safetyMs = 30_000;

const fixtures = decodeURIComponent(new URL("../../fixtures/jobs", import.meta.url).pathname);

const nodePrelude = `Promise.withResolvers ??= function () {
  const made = {};
  made.promise = new this((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
};`;

/** The pools of one host. All slots of a test are terminated when its pool is closed. */
export class Stage {
  readonly #name: string;
  readonly #makeHost: MakeHost;

  constructor(name: string, makeHost: MakeHost, readonly runtime: Runtime = "deno") {
    this.#name = name;
    this.#makeHost = makeHost;
  }

  /** A job's URL. Node 20 lacks what the jobs of these tests use; Bun takes what follows a dot in a URL for a file's ending. */
  #urlOf(job: string | URL): URL {
    if (job instanceof URL) return job;
    if (this.runtime === "bun") {
      return new URL(`data:text/javascript;base64,${new TextEncoder().encode(job).toBase64()}`);
    }
    return jobOf(this.runtime === "node" ? `${nodePrelude}\n${job}` : job);
  }

  /** `needs`: what not every runtime has, so that the test is one of those that have it, see abilities.ts. */
  test(name: string, run: () => Promise<void>, needs: readonly AbilityName[] = []): void {
    if (!needs.every((need) => isAble(this.runtime, need))) return;
    Deno.test({
      name: `${this.#name} host: ${name}`,
      sanitizeOps: true,
      sanitizeResources: true,
      fn: () => within(run()),
    });
  }

  /** Opens a pool, lets the test use it, closes it, and asserts that no slot is left. `job`: its source or its URL. */
  async pool<T>(job: string | URL, setting: Setting, use: (pool: TestPool) => Promise<T>): Promise<T> {
    const { threads = 2, tasks = 1, input = "json", output = "json", permissions = {}, ...rest } = setting;
    const open = new Set<HostedSlot>();
    const listeners = new Set<(kind: HostMessage["kind"]) => void>();
    const options: PoolOptions = {
      job: { kind: "module", url: this.#urlOf(job).href },
      name: "job.js",
      threads,
      tasks,
      format: valueFormat(input, output, itemRemedies("\n")),
      host: watched(this.#makeHost({ ...noPermissions, read: [fixtures], ...permissions }), open, listeners),
      ...rest,
    };
    let pool: Pool | undefined;
    try {
      pool = await openPool(options, { random: () => 1 }); // the longest back-offs
      return await use(testPool(pool, listeners, input, output));
    } finally {
      await pool?.close();
      assertEquals(open.size, 0, "slots that were not terminated");
    }
  }

  /** All outcomes of a job over items. */
  outcomes(
    job: string | URL,
    items: Items,
    setting: Setting = {},
    options: Partial<RunOptions> = {},
  ): Promise<Outcome[]> {
    return this.pool(job, setting, (pool) => Array.fromAsync(pool.run(items, options)));
  }
}

function testPool(
  pool: Pool,
  listeners: Set<(kind: HostMessage["kind"]) => void>,
  input: "json" | "bytes",
  output: "json" | "bytes",
): TestPool {
  return {
    oldest: async () => (await pool.running()).oldest,
    close: pool.close,
    async *run(items, options) {
      const source = valueSource(items, input === "json" ? encodeJsonItem : encodeBytesItem);
      for await (const deliveries of pool.run(source, { ordered: true, ...options })) {
        yield* outcomesOf(deliveries, output);
      }
    },
    heard(kind) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const listener = (heard: HostMessage["kind"]) => {
        if (heard !== kind) return;
        listeners.delete(listener);
        resolve();
      };
      listeners.add(listener);
      return promise;
    },
  };
}

/** Records which slots have not been terminated, and the messages of slots. */
function watched(host: Host, open: Set<HostedSlot>, listeners: ReadonlySet<(kind: HostMessage["kind"]) => void>): Host {
  return (generation, onMessage) => {
    const slot = host(generation, (message) => {
      onMessage(message);
      for (const listener of [...listeners]) listener(message.kind);
    });
    open.add(slot);
    return {
      ...slot,
      terminate() {
        open.delete(slot);
        return slot.terminate();
      },
    };
  };
}

/** A run that hangs fails only its own test. */
async function within(run: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`still running after ${safetyMs} ms`)), safetyMs);
  try {
    await Promise.race([run, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** The values of outcomes that are all `ok`. */
export function values(outcomes: readonly Outcome[]): unknown[] {
  return outcomes.map((outcome) => {
    if (outcome.kind === "ok" || outcome.kind === "value") return outcome.value;
    throw new Error(`no value: ${JSON.stringify(outcome)}`);
  });
}

/** A short description of each outcome. */
export function summary(outcomes: readonly Outcome[]): unknown[] {
  return outcomes.map((outcome) => {
    if (outcome.kind === "ok" || outcome.kind === "value") return outcome.value;
    return outcome.kind === "end" ? "(end)" : outcome.error.name;
  });
}
