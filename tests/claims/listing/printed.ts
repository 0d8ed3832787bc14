import type { Printed } from "../../../lib/claims/listing/found.ts";
import type { Shown } from "../../../lib/streams/listing_17_41.ts";

/** What the book's listing prints on an ideal machine. */
export const idealMarks = "1 a E b c 2 E d e 3 E f g E 4 h i E j 5";

/** A run that printed this: `1` is an interval, `a` a message, `E` a timeout. */
export function printed(marks = idealMarks, rest: Partial<Printed> = {}): Printed {
  const items = marks.split(" ").map((mark): Shown => {
    if (mark === "E") return { kind: "timeout", text: "Problem: Elapsed(())" };
    return Number(mark) > 0
      ? { kind: "interval", text: `Interval #${mark}` }
      : { kind: "message", text: `Message: '${mark}'` };
  });
  return { items, backlog: 900, unsent: null, ...rest };
}
