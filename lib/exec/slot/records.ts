import type { RecordKind } from "../wire/protocol.ts";
import { bytesSet, encodeInto, subarray, typedArrayLength, type Uint8Array } from "../../natives.ts";

/** Consecutive items that ended alike, and their records. */
export interface Records {
  readonly kind: RecordKind;
  readonly first: number;
  end: number;
  content: string | readonly Uint8Array[];
}

/** Writes all records; returns how many bytes each took, or undefined if there is no room. */
export function writeAll(stretches: readonly Records[], target: Uint8Array): number[] | undefined {
  const lengths: number[] = [];
  let used = 0;
  for (let i = 0; i < stretches.length; i++) {
    const { content } = stretches[i];
    const before = used;
    if (typeof content === "string") {
      const { read, written } = encodeInto(content, subarray(target, used));
      if (read < content.length) return undefined;
      used += written;
    } else {
      for (let j = 0; j < content.length; j++) {
        const length = typedArrayLength(content[j]);
        if (used + length > typedArrayLength(target)) return undefined;
        bytesSet(target, content[j], used);
        used += length;
      }
    }
    lengths[i] = used - before;
  }
  return lengths;
}

export function sum(lengths: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < lengths.length; i++) total += lengths[i];
  return total;
}
