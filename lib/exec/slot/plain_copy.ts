import { apply, Map, mapGet, mapSet } from "../../natives.ts";
import { type Content, contentOf } from "./content.ts";
import { CodedError } from "../wire/error_record.ts";
import { errorText, pathText, type Step, tooLong, UnencodableError } from "./unencodable.ts";

/** What V8 says when the stack overflows, and from which depth on this is due to the value and not to its code. */
const stackOverflow = "RangeError: Maximum call stack size exceeded";
const deepDepth = 100;

/** A copy in the making, and its part of `Trail.length`. */
interface Copied {
  copy: unknown;
  length: number;
  finished: boolean;
}

/** Where the copying is, and what has been copied. */
interface Trail {
  /** `steps[i]` leads from `open[i]` to `open[i + 1]`. Behind the first `depth` steps there are left-overs. */
  readonly steps: Step[];
  readonly open: object[];
  /** Invariant: while anything is read that may run the job's code, the steps lead to it, so what throws has a path. */
  depth: number;
  /** Each object is copied once: a small value that holds the same objects again and again has a small copy. */
  readonly copies: Map<object, Copied>;
  /** Characters of the copy's text so far, counted low. */
  length: number;
  readonly limit: number;
}

/** Has no prototype, so "__proto__" is a name like any other and Object.prototype cannot meddle. */
class Properties {
  [name: string]: unknown;
}
Object.setPrototypeOf(Properties.prototype, null);

/**
 * A copy made of arrays, objects without prototypes, and primitives, which JSON.stringify writes as `encodeJson`
 * documents. Each property is read once.
 *
 * @throws {UnencodableError} JSON cannot hold the value, or reading it threw
 * @throws {CodedError} its text would have more than `limit` characters
 */
export function plainCopy(value: unknown, limit: number): unknown {
  const trail: Trail = { steps: [], open: [], depth: 0, copies: new Map(), length: 0, limit };
  try {
    return copyValue(trail, value);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const text = errorText(error);
    const tooDeep = trail.depth >= deepDepth && text === stackOverflow;
    throw refusal(
      trail,
      tooDeep
        ? `is nested ${trail.depth} levels deep, more than can be followed; return flatter data`
        : `threw ${text} when it was read; return plain data`,
    );
  }
}

function copyValue(trail: Trail, value: unknown): unknown {
  switch (typeof value) {
    case "object":
    case "function":
    case "bigint":
      return value === null ? null : copyReplaced(trail, replaced(trail, value));
    default:
      return copyReplaced(trail, value);
  }
}

/** What the value's toJSON makes of it, as in JSON.stringify; without one, the value. */
function replaced({ steps, depth }: Trail, value: object | bigint): unknown {
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON !== "function") return value;
  const step = depth === 0 ? "" : steps[depth - 1];
  return apply(toJSON, value, [`${typeof step === "object" ? step.at : step}`]);
}

/** Copies a value whose toJSON, if it had one, has been called. */
function copyReplaced(trail: Trail, value: unknown): unknown {
  switch (typeof value) {
    case "object":
      return value === null ? null : copyOnce(trail, value);
    case "function":
    case "symbol":
      throw refusal(trail, `is a ${typeof value}, which JSON cannot hold; return data only`);
    case "bigint":
      throw refusal(trail, "is a BigInt, which JSON cannot hold; convert it: Number(x) or String(x)");
    case "string":
      spend(trail, value.length);
      return value;
    default:
      return value;
  }
}

function copyOnce(trail: Trail, object: object): unknown {
  const before = mapGet(trail.copies, object);
  if (before !== undefined) {
    if (!before.finished) throw refusal(trail, cycle(trail, object));
    spend(trail, before.length);
    return before.copy;
  }
  const copied: Copied = { copy: undefined, length: trail.length, finished: false };
  mapSet(trail.copies, object, copied);
  trail.open[trail.depth] = object;
  copied.copy = copyContent(trail, object, contentOf(object));
  copied.length = trail.length - copied.length;
  copied.finished = true;
  return copied.copy;
}

function copyContent(trail: Trail, object: object, content: Content): unknown {
  switch (content.kind) {
    case "items":
      return copyItems(trail, content.items, content.count);
    case "entries":
      return copyEntries(trail, content.keys, content.values);
    case "members":
      return copyMembers(trail, content.members);
    case "properties":
      return copyProperties(trail, object, content.names);
    case "primitive":
      return copyReplaced(trail, content.value);
    case "hidden":
      throw refusal(trail, hidden(content.tag, content.iterable));
    default:
      return content satisfies never;
  }
}

function copyItems(trail: Trail, items: ArrayLike<unknown>, count: number): unknown[] {
  spend(trail, 2 * count);
  const copy: unknown[] = [];
  for (let i = 0; i < count; i++) {
    trail.steps[trail.depth++] = i;
    copy[i] = copyValue(trail, items[i]);
    trail.depth--;
  }
  return copy;
}

function copyProperties(trail: Trail, object: object, names: readonly string[]): Properties {
  const copy = new Properties();
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    trail.steps[trail.depth++] = name;
    const value = (object as Properties)[name];
    // A toJSON has been called, or belongs to what a toJSON returned: it is not data.
    if (name !== "toJSON" || typeof value !== "function") copy[name] = copyValue(trail, value);
    trail.depth--;
    if (copy[name] !== undefined) spend(trail, name.length + 2);
  }
  return copy;
}

function copyEntries(trail: Trail, keys: readonly unknown[], values: readonly unknown[]): unknown[] {
  const copy: unknown[] = [];
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at];
    const named = typeof key === "string" || typeof key === "number";
    const copiedKey = copyHeld(trail, { via: "keys", at }, key);
    copy[at] = [copiedKey, copyHeld(trail, named ? { via: "get", at: key } : { via: "values", at }, values[at])];
  }
  return copy;
}

function copyMembers(trail: Trail, members: readonly unknown[]): unknown[] {
  const copy: unknown[] = [];
  for (let at = 0; at < members.length; at++) copy[at] = copyHeld(trail, { via: "values", at }, members[at]);
  return copy;
}

function copyHeld(trail: Trail, step: Step, value: unknown): unknown {
  spend(trail, 2);
  trail.steps[trail.depth++] = step;
  const copy = copyValue(trail, value);
  trail.depth--;
  return copy;
}

/** Counts characters of the text. Without it, V8 would take all memory before it finds that the text is too long. */
function spend(trail: Trail, characters: number): void {
  trail.length += characters;
  if (trail.length > trail.limit) throw tooLong(trail.limit);
}

function cycle({ open, steps }: Trail, object: object): string {
  let at = 0;
  while (open[at] !== object) at++;
  return `is a cycle back to ${pathText(steps, at)}; return ids in place of references`;
}

function hidden(tag: string, iterable: "sync" | "async" | undefined): string {
  return `is of type ${tag}, whose content JSON cannot see; ${showing(tag, iterable)}`;
}

/** How a job can return, or yield, what is hidden. */
function showing(tag: string, iterable: "sync" | "async" | undefined): string {
  if (tag === "Promise") return "await it";
  const yielded = "or yield its values from a generator job: yield* x";
  if (iterable === "sync") return `spread it: [...x], ${yielded}`;
  if (iterable === "async") return `collect it: await Array.fromAsync(x), ${yielded}`;
  return "return its content as plain data";
}

function refusal({ steps, depth }: Trail, found: string): UnencodableError {
  return new UnencodableError(`${pathText(steps, depth)} ${found}`);
}
