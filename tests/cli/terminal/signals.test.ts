import { assert, assertEquals } from "@std/assert";
import { listenForStop, type SignalledProcess } from "../../../lib/cli/terminal/signals.ts";
import { idle } from "../../virtual_clock.ts";
import { assertEndedBy, isExecutable, spawn, testEach } from "../programs.ts";

/** A process that is not there: what it does with signals, in order, and what signals and time do to it. */
function fakeProcess(
  { os = "linux", status = "", send = () => {} }: Partial<Pick<SignalledProcess, "os" | "send">> & {
    readonly status?: string | Error;
  } = {},
) {
  const listeners = new Map<Deno.Signal, () => void>();
  const did: string[] = [];
  const pending: (() => void)[] = [];
  let nowMs = 0;
  const process: SignalledProcess = {
    os,
    status() {
      if (typeof status === "string") return status;
      throw status;
    },
    listen: (name, listener) => void listeners.set(name, listener),
    unlisten(name, listener) {
      assertEquals(listeners.get(name), listener);
      listeners.delete(name);
    },
    send(name) {
      did.push(`send ${name}`);
      send(name);
    },
    exit: (code) => void did.push(`exit ${code}`),
    deadline(ms, late) {
      did.push(`deadline ${ms}`);
      pending.push(late);
    },
    pause(ms) {
      did.push(`pause ${ms}`);
      return Promise.resolve();
    },
    now: () => nowMs,
  };
  const receive = (name: Deno.Signal, afterMs = 100) => {
    nowMs += afterMs;
    listeners.get(name)!();
  };
  return {
    process,
    did,
    listening: () => [...listeners.keys()],
    receive,
    late: () => pending.forEach((late) => late()),
  };
}

Deno.test("listenForStop: the first signal aborts; the end is by that signal, or by its exit code if it does not end us", async () => {
  for (const [name, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
    const { process, did, listening, receive } = fakeProcess();
    const stop = listenForStop(process);
    assertEquals([listening(), stop.signal.aborted], [["SIGINT", "SIGTERM", "SIGHUP"], false]);
    receive(name);
    assertEquals([stop.signal.aborted, did], [true, ["deadline 1500"]]);
    assertEquals(await stop.end(), code);
    assertEquals(did, ["deadline 1500", `send ${name}`, "pause 200"]);
    assertEquals(listening().includes(name), false); // or our own signal would not end us
  }
});

Deno.test("listenForStop: a second signal ends the program at once, and so does the end of the grace time", async () => {
  const { process, did, receive } = fakeProcess();
  listenForStop(process);
  receive("SIGINT");
  receive("SIGTERM");
  await idle();
  assertEquals(did, ["deadline 1500", "send SIGTERM", "pause 200", "exit 143"]);
  const other = fakeProcess();
  listenForStop(other.process);
  other.receive("SIGHUP");
  other.late();
  await idle();
  assertEquals(other.did, ["deadline 1500", "send SIGHUP", "pause 200", "exit 129"]);
});

Deno.test("listenForStop: the same signal again within 100 ms of the first is no second one", async () => {
  const { process, did, receive } = fakeProcess();
  listenForStop(process);
  for (const afterMs of [0, 1, 98]) receive("SIGINT", afterMs);
  await idle();
  assertEquals(did, ["deadline 1500"]);
  receive("SIGINT", 1);
  await idle();
  assertEquals(did, ["deadline 1500", "send SIGINT", "pause 200", "exit 130"]);
  const other = fakeProcess();
  listenForStop(other.process);
  other.receive("SIGTERM", 0);
  other.receive("SIGINT", 0);
  await idle();
  assertEquals(other.did, ["deadline 1500", "send SIGINT", "pause 200", "exit 130"]);
});

Deno.test("listenForStop: what has to be done at a forced end is done before it, unless it was taken back", async () => {
  for (const os of ["linux", "windows"] as const) {
    const { process, did, receive } = fakeProcess({ os });
    const stop = listenForStop(process);
    stop.onForcedEnd(() => did.push("first"));
    stop.onForcedEnd(() => did.push("taken back"))[Symbol.dispose]();
    stop.onForcedEnd(() => {
      throw new Error("its folder cannot be removed");
    });
    stop.onForcedEnd(() => did.push("last"));
    receive("SIGINT");
    assertEquals(did, ["deadline 1500"]);
    receive("SIGINT");
    await idle();
    const end = os === "windows" ? ["exit 130"] : ["send SIGINT", "pause 200", "exit 130"];
    assertEquals(did, ["deadline 1500", "first", "last", ...end]);
  }
});

Deno.test("listenForStop: a program that may not signal itself exits with the code, and so does one on Windows", async () => {
  const denied = fakeProcess({
    send() {
      throw new Deno.errors.NotCapable();
    },
  });
  const stop = listenForStop(denied.process);
  denied.receive("SIGTERM");
  assertEquals([await stop.end(), denied.did], [143, ["deadline 1500", "send SIGTERM"]]);
  for (const name of ["SIGINT", "SIGBREAK"] as const) {
    const { process, did, listening, receive } = fakeProcess({ os: "windows" });
    const stop = listenForStop(process);
    assertEquals(listening(), ["SIGINT", "SIGBREAK"]);
    receive(name);
    assertEquals([await stop.end(), did], [130, ["deadline 1500"]]);
  }
});

Deno.test("listenForStop: without a signal there is nothing to end by", async () => {
  const { process, did } = fakeProcess();
  const stop = listenForStop(process);
  assertEquals([await stop.end(), stop.signal.aborted, did], [0, false, []]);
});

Deno.test("listenForStop: what was ignored at the start stays ignored, but listened for, where the system tells", () => {
  const ignoring = (status: string | Error) => {
    const { process, receive, listening } = fakeProcess({ status });
    const { signal } = listenForStop(process);
    assertEquals(listening(), ["SIGINT", "SIGTERM", "SIGHUP"]);
    return ["SIGHUP", "SIGINT", "SIGTERM"].filter((name) => {
      if (signal.aborted) return false;
      receive(name as Deno.Signal);
      return !signal.aborted;
    });
  };
  const status = (mask: string) => `SigBlk:\t0000000000000003\nSigIgn:\t${mask}\nSigCgt:\t0000000000000003\n`;
  assertEquals(ignoring(status("0000000000001000")), []);
  assertEquals(ignoring(status("0000000000001001")), ["SIGHUP"]);
  assertEquals(ignoring(status("0000000000000003")), ["SIGHUP", "SIGINT"]);
  assertEquals(ignoring(status("ffffffffffffffff")), ["SIGHUP", "SIGINT"]);
  assertEquals([ignoring("nothing of it"), ignoring(new Deno.errors.NotFound())], [[], []]);
});

if (Deno.build.os !== "windows") {
  const cases = [
    { args: ["streams"], first: "Interval #1" },
    { args: ["streams", "--producer", "task"], first: "Interval #1" },
    { args: ["channel"], first: "1" },
  ];
  for (const { args, first } of cases) {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      testEach(`${args.join(" ")}: ${signal} ends it within 2 s`, async (program) => {
        const running = spawn(program, args);
        assertEquals(await running.lines(1), [first]);
        const sentAt = performance.now();
        running.kill(signal);
        const ended = await running.ended(); // its process is gone then
        assertEndedBy(signal, ended, program);
        assert(performance.now() - sentAt < 2_000, "it took too long");
        assert(!ended.stderr.includes("tandem:"), ended.stderr);
      });
    }
  }

  testEach("Ctrl-C: a shell's loop around tandem ends with it", async (program) => {
    const loop = 'for i in 1 2 3; do "$@"; done; echo after';
    const wrap = (command: readonly string[]) => ["setsid", "bash", "-c", loop, "bash", ...command];
    const running = spawn(program, ["channel"], { wrap });
    assertEquals(await running.lines(1), ["1"]);
    Deno.kill(-running.pid, "SIGINT"); // as a terminal does
    const ended = await running.ended();
    assertEndedBy("SIGINT", ended, program);
    const { stdout } = ended;
    assert(!stdout.includes("after"), stdout);
  }, (program) => Deno.build.os !== "linux" || isExecutable(program));

  for (const signal of ["SIGINT", "SIGHUP"] as const) {
    const name =
      `${signal} that was ignored at the start stays ignored: as in the background of a script, or under nohup`;
    testEach(name, async (program) => {
      const wrap = (command: readonly string[]) => ["bash", "-c", `trap "" ${signal}; exec "$@"`, "bash", ...command];
      const running = spawn(program, ["channel", "--count=3", "--every=200ms"], { wrap });
      assertEquals(await running.lines(1), ["1"]);
      running.kill(signal);
      const { code, stdout, stderr } = await running.ended();
      assertEquals([code, stdout], [0, "2\n3\n"], stderr);
    }, Deno.build.os !== "linux"); // only Linux tells
  }
}
