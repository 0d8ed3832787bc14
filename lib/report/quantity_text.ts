import type { Evidence } from "../model/claim.ts";
import type { Quantity } from "../model/quantity.ts";
import { formatBytes, formatDuration, formatRatio, threeDigits } from "./units.ts";
import { whole } from "./words.ts";

/** `1.40 µs`, `7.41 MiB`, `1.95×`, `34/40`. */
export function quantityText({ value, unit, of }: Pick<Quantity, "value" | "unit" | "of">): string {
  switch (unit) {
    case "ms":
      return formatDuration(value);
    case "bytes":
      return formatBytes(Math.round(value));
    case "ratio":
      return formatRatio(value);
    case "count": {
      const count = Number.isInteger(value) ? whole(value) : threeDigits(value);
      return of === null ? count : `${count}/${whole(of)}`;
    }
    default:
      return unit satisfies never;
  }
}

/** The same in at most `width` characters: `5.60 %` for `8,388,800/149,720,800`. */
export function shortQuantityText(quantity: Pick<Quantity, "value" | "unit" | "of">, width: number): string {
  const text = quantityText(quantity);
  if (text.length <= width || quantity.of === null) return text;
  const percent = 100 * quantity.value / quantity.of;
  return percent === 0 || percent === 100 ? `${percent} %` : `${threeDigits(percent)} %`;
}

/** The evidence as a sentence, with its numbers. */
export function evidenceText({ says, quantities }: Pick<Evidence, "says" | "quantities">): string {
  return says.replace(/\{(\w+)\}/g, (name, key) => key in quantities ? quantityText(quantities[key]) : name);
}
