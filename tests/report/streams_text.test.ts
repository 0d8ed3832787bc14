import { assertEquals } from "@std/assert";
import type { StreamRun, StreamsResult } from "../../lib/model/result.ts";
import {
  agreementText,
  channelText,
  itemsProgress,
  streamsText,
  streamSummary,
  timedLine,
  unsentText,
} from "../../lib/report/streams_text.ts";
import { documentOf } from "./document_of.ts";

const style = { terminal: false, color: false, width: 80, unicode: true };
const colored = { ...style, color: true };

const run: StreamRun = {
  producer: "task",
  items: [
    { atMs: 1.4, kind: "interval", text: "Interval #1" },
    { atMs: 100.6, kind: "message", text: "Message: 'a'" },
    { atMs: 300, kind: "timeout", text: "Problem: Elapsed(())" },
    { atMs: 401, kind: "message", text: "Message: 'b'" },
  ],
  backlog: 1792,
  unsent: null,
  elapsedMs: 401,
};
const twice: StreamsResult = { runs: [run, { ...run, producer: "thread", unsent: 2001 }] };
const items = "   1 ms  Interval #1\n 101 ms  Message: 'a'\n 300 ms  Problem: Elapsed(())\n 401 ms  Message: 'b'\n";
const counts = "4 items: 2 messages, 1 timeout, 1 interval";

Deno.test("streamsText: each run with its moments, what it could not send, and its summary; then whether they agree", () => {
  assertEquals(
    streamsText(documentOf("streams", { ...twice, agree: true, sameOrder: true, difference: "" }), style),
    `${items}${counts} · producer: task · backlog 1,792
${items}Could not send interval 2001: channel closed
${counts} · producer: thread · backlog 1,792
the items agree, in the same order
`,
  );
});

Deno.test("channelText: each value with its moment", () => {
  const values = [{ atMs: 0.2, value: 1 }, { atMs: 12_345, value: 2 }];
  assertEquals(channelText(documentOf("channel", { items: values }), style), "   0 ms  1\n12345 ms  2\n");
});

Deno.test("streams: the moment is dim, the producer has its mode's colour", () => {
  assertEquals(timedLine(7, "a", colored), "\x1b[2m   7 ms\x1b[22m  a\n");
  assertEquals(
    [run, twice.runs[1]].map((each) => streamSummary(each, colored).split(" · ")[1]),
    ["producer: \x1b[36mtask\x1b[39m", "producer: \x1b[33mthread\x1b[39m"],
  );
});

Deno.test("streams: only a value that could not be sent has a line", () => {
  assertEquals([unsentText({ unsent: null }), unsentText({ unsent: 1 })], [
    "",
    "Could not send interval 1: channel closed\n",
  ]);
});

Deno.test("streams: how two runs agree; not a word about one", () => {
  const said = (rest: Partial<StreamsResult>) => agreementText({ ...twice, ...rest }, { width: 80 });
  assertEquals(said({}), "");
  assertEquals(
    said({ agree: true, sameOrder: false, difference: "" }),
    "the items agree; items due in the same millisecond came in another order\n",
  );
  assertEquals(
    said({ agree: false, sameOrder: false, difference: '"a" versus "b"' }),
    'the items differ: "a" versus "b" (task against thread)\n',
  );
});

Deno.test("streams: how many items have come; without any to come there is no share", () => {
  assertEquals(itemsProgress(7, 20), { what: "7/20 items", share: 0.35 });
  assertEquals(itemsProgress(0, 1), { what: "0/1 item", share: 0 });
  assertEquals(itemsProgress(0, 0), { what: "0/0 items", share: undefined });
});
