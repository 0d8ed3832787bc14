import type { ItemCodec } from "../wire/protocol.ts";
import { rowReader } from "../wire/rows.ts";
import { textDecoder } from "../wire/text_decoder.ts";

/** Reads the key of an item from its bytes; undefined if it has none. */
export type ReadKey = (bytes: Uint8Array) => string | undefined;

/** What stands before a field of which only the host counts. */
const hostPrefix = "host:";

/** A step of a path: a name, or an index or a quoted name in brackets. */
const step = /\.?([^\s.[\]":]+)|\[(?:(\d+)|"([^"]+)")\]/y;

/**
 * A reader of keys: the value at a path like `user.id`, `items[0].id` or `["a b"].c`, or the whole item (`.`), as jq has them;
 * or of such a value, which is a URL, the host and port (`host:url`, `host:.`). Text is a whole item. Undefined if `field` is
 * none of these. The fields of a row are its columns.
 */
export function keyReader(field: string, codec: Exclude<ItemCodec, "bytes">): ReadKey | undefined {
  const ofHost = field.startsWith(hostPrefix);
  const path = pathOf(ofHost ? field.slice(hostPrefix.length) : field);
  if (path === undefined) return undefined;
  const valueOf = codec === "text" ? (text: string) => text : codec === "json" ? JSON.parse : rowReader(codec);
  return (bytes) => {
    const text = textDecoder(bytes)(0, bytes.length)?.text;
    const value = text === undefined ? undefined : at(attempted(valueOf, text), path);
    if (value === undefined || value === null) return undefined;
    if (!ofHost) return JSON.stringify(value);
    return typeof value === "string" && URL.parse(value)?.host || undefined;
  };
}

function pathOf(text: string): readonly string[] | undefined {
  if (text === ".") return [];
  const path: string[] = [];
  for (let end = 0; end < text.length; end = step.lastIndex) {
    step.lastIndex = end;
    const found = step.exec(text);
    if (found === null) return undefined;
    path.push(found[1] ?? found[2] ?? found[3]);
  }
  return path.length === 0 ? undefined : path;
}

function at(value: unknown, path: readonly string[]): unknown {
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** Undefined if it is not JSON, or no row: the item's error says so when it runs. */
function attempted(valueOf: (text: string) => unknown, text: string): unknown {
  try {
    return valueOf(text);
  } catch {
    return undefined;
  }
}
