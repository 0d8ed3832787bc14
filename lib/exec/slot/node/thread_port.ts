import process from "node:process";
import threads from "node:worker_threads";
import {
  apply,
  bind,
  defineProperty,
  Error,
  Event,
  getter,
  listOf,
  MessageEvent,
  self,
  uncurryThis,
} from "../../../natives.ts";
import type { FromSlot, ToThread } from "../../wire/protocol.ts";
import { forbidden, replace } from "../forbidden.ts";
import type { SlotRuntime } from "../runtime.ts";

/** How a thread and its main reach each other. */
export interface ThreadPort extends Pick<SlotRuntime, "listen" | "post"> {
  /** Takes it from all other code. */
  hide(): void;
}

/** The port of this thread. What a job may replace of it is captured now. */
export function threadPort(): ThreadPort {
  const port = threads.parentPort;
  if (port === null) throw new Error("a slot is a thread");
  return process.versions.bun === undefined ? nodePort(port) : bunPort(port as unknown as BunPort);
}

type Post = (message: FromSlot, transfer?: Iterable<ArrayBuffer>) => void;

function nodePort(port: NonNullable<typeof threads.parentPort>): ThreadPort {
  const post = port.postMessage as Post;
  return {
    hide: () => void ((threads as { parentPort: unknown }).parentPort = null), // syncBuiltinESMExports follows
    listen: (execute) => void port.on("message", (message: ToThread) => execute(message)),
    post: (message, buffer) => apply(post, port, buffer === undefined ? [message] : [message, listOf(buffer)]),
  };
}

/** What Bun's port has besides that of Node. */
interface BunPort extends EventTarget {
  readonly postMessage: Post;
}

/**
 * In Bun, what a module gives by name stays as it is (`syncBuiltinESMExports` does nothing, 1.4.5), so a job has the port: it
 * posts nothing by it, and its listeners hear only what it has dispatched itself. As in Deno, the thread's scope can post, too.
 */
function bunPort(port: BunPort): ThreadPort {
  const { postMessage: post } = port;
  const isTrusted = getter(new Event("message"), "isTrusted"); // each event has its own property, with the same getter
  const dataOf = getter(MessageEvent.prototype, "data");
  const stopImmediatePropagation = uncurryThis(Event.prototype.stopImmediatePropagation);
  const listen = bind(port.addEventListener, port);
  return {
    hide() {
      const refused = forbidden("postMessage", "return a value, or yield some");
      defineProperty(port, "postMessage", { value: refused });
      replace(self, "postMessage", refused);
    },
    listen(execute) {
      listen("message", (event) => {
        if (!isTrusted(event)) return;
        stopImmediatePropagation(event);
        execute(dataOf(event as MessageEvent<ToThread>));
      });
    },
    post: (message, buffer) => apply(post, port, buffer === undefined ? [message] : [message, listOf(buffer)]),
  };
}
