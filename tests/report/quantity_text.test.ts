import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Unit } from "../../lib/model/quantity.ts";
import { compact, evidenceText, quantityText, shortQuantityText } from "../../lib/report/quantity_text.ts";

const quantity = (value: number, unit: Unit, of: number | null = null) => ({ value, unit, of, interval: null });

Deno.test("quantityText: each unit in its own words", () => {
  const texts = [
    quantity(1.4, "ms"),
    quantity(7_769_948.4, "bytes"),
    quantity(511.6, "bytes"),
    quantity(1.953, "ratio"),
    quantity(8_388_800, "count"),
    quantity(2.5, "count"),
    quantity(34, "count", 40),
    quantity(0, "count", 1_000),
  ].map(quantityText);
  assertEquals(texts, ["1.40 ms", "7.41 MiB", "512 B", "1.95×", "8,388,800", "2.50", "34/40", "0/1,000"]);
});

Deno.test("shortQuantityText: as it is where there is room, else a count has three digits and a part is a percentage", () => {
  const part = quantity(8_388_800, "count", 149_720_800);
  assertEquals(shortQuantityText(part, 21), "8,388,800/149,720,800");
  assertEquals(shortQuantityText(part, 20), "5.60 %");
  assertEquals(shortQuantityText(quantity(8_388_800, "count"), 9), "8,388,800");
  assertEquals(shortQuantityText(quantity(8_388_800, "count"), 8), "8.39M");
  assertEquals(shortQuantityText(quantity(1_234, "ms"), 1), "1.23 s"); // only a count can be shorter
});

Deno.test("shortQuantityText: none and all of them are 0 % and 100 %, and nothing else is", () => {
  const share = (value: number) => shortQuantityText(quantity(value, "count", 1_000_000), 8);
  assertEquals([0, 1, 2_000, 990_000].map(share), ["0 %", "0.000100 %", "0.200 %", "99.0 %"]);
  assertEquals([999_499, 999_999, 1_000_000].map(share), ["99.9 %", "99.9 %", "100 %"]);
});

Deno.test("compact: three digits of the value and a letter for thousands from 10,000 on, in at most six characters", () => {
  const letters: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9 };
  const sizes = fc.double({ min: 0, max: 11.9, noNaN: true }).map((power) => 10 ** power);
  fc.assert(fc.property(sizes, (value) => {
    const text = compact(value);
    assert(text.length <= 6, text);
    const shown = parseFloat(text.replaceAll(",", "")) * (letters[text.at(-1) ?? ""] ?? 1);
    assert(Math.abs(shown - value) <= 0.005001 * value, `${text} for ${value}`);
  }));
  const texts = [1.953, 9_880, 9_994, 9_996, 51_912, 999_600, 10_400_000, 999_600_000, 2e9].map(compact);
  assertEquals(texts, ["1.95", "9,880", "9,990", "10.0k", "51.9k", "1.00M", "10.4M", "1.00G", "2.00G"]);
  assertEquals([0.954, 0.996, 0.0123].map(compact), ["0.95", "1.00", "0.0123"]); // as in formatRatio
  assertEquals([1e4, 1e6, 1e9].map(compact), ["10.0k", "1.00M", "1.00G"]);
});

Deno.test("evidenceText: a quantity stands where its name is; what is not one stays", () => {
  const quantities = { tasks: quantity(190, "ms"), threads: quantity(2, "count") };
  assertEquals(
    evidenceText({ says: "{tasks} in {threads} threads, {tasks} again, {other}", quantities }),
    "190 ms in 2 threads, 190 ms again, {other}",
  );
});
