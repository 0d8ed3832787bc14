import { printableLine } from "../../report/printable.ts";
import type { Command } from "../table/command.ts";
import { flagName } from "../table/option.ts";
import { valueText } from "../table/parse.ts";
import type { Layer } from "./layer.ts";

/** What `--show-config` prints: each flag, its value, and what gives it. `layers`: the strongest last. */
export function configText({ options }: Command, layers: readonly Layer[]): string {
  const rows = Object.entries(options).filter(([, { flagOnly }]) => flagOnly !== "action").map(([key, option]) => {
    const layer = layers.findLast(({ values }) => Object.hasOwn(values, key));
    const value = layer === undefined ? option.fallback : layer.values[key];
    const text = valueText(option, value) ?? option.shown ?? "none";
    return [`--${flagName(key)}`, printableLine(text), printableLine(layer?.from ?? "default")];
  });
  const [left, middle] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map(([flag, value, from]) => `${flag.padEnd(left)}  ${value.padEnd(middle)}  ${from}\n`).join("");
}
