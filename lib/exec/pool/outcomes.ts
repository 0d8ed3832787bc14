import type { ItemError, Outcome } from "../../model/item.ts";
import type { Delivery } from "./delivery.ts";
import { textDecoder } from "../wire/text_decoder.ts";

/** Decodes records into outcomes. `output` is the codec that made them; text records end in a newline. */
export function* outcomesOf(deliveries: readonly Delivery[], output: "json" | "bytes"): Generator<Outcome> {
  for (const { kind, first, bytes } of deliveries) {
    if (kind === "error") {
      const { error } = JSON.parse(textOf(bytes)) as { readonly error: ItemError };
      yield { kind, index: first, error };
    } else if (kind === "end") {
      yield { kind, index: first };
    } else if (output === "bytes") {
      yield { kind, index: first, value: bytes.slice() };
    } else {
      let index = first;
      for (const record of textOf(bytes).split("\n")) {
        if (record === "") continue; // after the last separator
        yield { kind, index, value: JSON.parse(record) };
        if (kind === "ok") index++;
      }
    }
  }
}

function textOf(bytes: Uint8Array): string {
  return textDecoder(bytes)(0, bytes.length)?.text ?? "";
}
