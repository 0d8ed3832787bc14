import type { Evidence } from "../model/claim.ts";
import type { Quantity } from "../model/quantity.ts";
import { printableLine } from "./printable.ts";
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

/** The same for a column of a table: `8.08M` for a large count, `5.60 %` for `8,388,800/149,720,800`. */
export function shortQuantityText(quantity: Pick<Quantity, "value" | "unit" | "of">, width: number): string {
  const text = quantityText(quantity);
  if (text.length <= width || quantity.unit !== "count") return text;
  if (quantity.of === null) return compact(quantity.value);
  const share = 100 * quantity.value / quantity.of;
  const percent = quantity.value < quantity.of ? Math.min(99.9, share) : share; // 100 % are all of them
  return percent === 0 ? "0 %" : `${threeDigits(percent)} %`;
}

/** `1.95`, `9,880`, `51.9k`, `10.4M`: three digits, whatever the size. */
export function compact(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const [divisor, letter] = rounded >= 1e9
    ? [1e9, "G"]
    : rounded >= 1e6
    ? [1e6, "M"]
    : rounded >= 1e4
    ? [1e3, "k"]
    : [1, ""];
  return divisor === 1 ? formatRatio(value).slice(0, -1) : `${threeDigits(value / divisor)}${letter}`;
}

/** The evidence as a sentence, with its numbers. */
export function evidenceText({ says, quantities }: Pick<Evidence, "says" | "quantities">): string {
  return printableLine(says).replace(
    /\{(\w+)\}/g,
    (name, key) => key in quantities ? quantityText(quantities[key]) : name,
  );
}
