import { assertEquals } from "@std/assert";
import { produceBlocking, type Sleep } from "../../lib/streams/blocking_producer.ts";
import { gate } from "../../lib/streams/wire.ts";

const everyMs = 300;

/**
 * What a thread does, in order: its messages, each value with how many were sent by then, and its sleeps with the state of the
 * gate that they are on. `during` stands for main: it may change the gate during the sleep of this number.
 */
function produced(
  options: { readonly count: number; readonly sleep: Sleep },
  during: (words: Int32Array, sleep: number) => void = (words, sleep) => {
    if (sleep === 1) Atomics.store(words, 0, gate.open);
  },
): { readonly done: readonly string[]; readonly sent: number } {
  const words = new Int32Array(new SharedArrayBuffer(8));
  const done: string[] = [];
  let sleeps = 0;
  const clock = {
    block(ms: number, on: Int32Array, value: number) {
      done.push(`${ms} ms on ${value}`);
      during(on, ++sleeps);
    },
  };
  produceBlocking({ gate: words, everyMs, count: options.count }, options.sleep, clock, (message) => {
    const value = "value" in message ? ` ${message.value}` : "";
    done.push(`${message.kind}${value}${message.kind === "value" ? ` of ${Atomics.load(words, 1)}` : ""}`);
  });
  return { done, sent: Atomics.load(words, 1) };
}

const parked = `Infinity ms on ${gate.waiting}`;
const asleep = `${everyMs} ms on ${gate.open}`; // a sleep on the open gate ends when main closes it

Deno.test("blocking producer: it is ready, waits for its gate, and sleeps before each value; sent is never behind", () => {
  assertEquals(produced({ count: 2, sleep: "before" }), {
    done: ["ready", parked, asleep, "value 1 of 1", asleep, "value 2 of 2", "ended"],
    sent: 2,
  });
});

Deno.test("blocking producer: or sleeps after each value", () => {
  assertEquals(produced({ count: 2, sleep: "after" }), {
    done: ["ready", parked, "value 1 of 1", asleep, "value 2 of 2", asleep, "ended"],
    sent: 2,
  });
});

Deno.test("blocking producer: woken while the gate is as it was, it sends nothing and waits again", () => {
  const { done } = produced({ count: 1, sleep: "after" }, (words, sleep) => {
    if (sleep === 3) Atomics.store(words, 0, gate.open);
  });
  assertEquals(done, ["ready", parked, parked, parked, "value 1 of 1", asleep, "ended"]);
});

Deno.test("blocking producer: a channel closed during a sleep ends it, with the value that it could not send", () => {
  const closing = (words: Int32Array, sleep: number) => {
    Atomics.store(words, 0, sleep === 3 ? gate.closed : gate.open);
  };
  assertEquals(produced({ count: Infinity, sleep: "before" }, closing), {
    done: ["ready", parked, asleep, "value 1 of 1", asleep, "unsent 2", "ended"],
    sent: 1,
  });
});

Deno.test("blocking producer: a channel closed before the start ends it without a value", () => {
  const closing = (words: Int32Array) => void Atomics.store(words, 0, gate.closed);
  assertEquals(produced({ count: Infinity, sleep: "after" }, closing), {
    done: ["ready", parked, "unsent 1", "ended"],
    sent: 0,
  });
});

Deno.test("blocking producer: a count of 0 ends without a value", () => {
  assertEquals(produced({ count: 0, sleep: "before" }).done, ["ready", parked, "ended"]);
});
