import type { LineSource } from "../../exec/input/line_source.ts";
import type { Delivery } from "../../exec/pool/delivery.ts";

const [decoder, encoder] = [new TextDecoder(), new TextEncoder()];

/** How an error record begins. */
const start = /^\{"line":(\d+)/;

/** Longer than any such beginning, in bytes. */
const maxStart = 32;

/** Where the lines of several inputs are: lines are counted over all of them, and people look for one in its file. */
export class InputPlaces {
  readonly #files: readonly string[];
  readonly #source: Pick<LineSource, "placeOf">;

  constructor(files: readonly string[], source: Pick<LineSource, "placeOf">) {
    this.#files = files;
    this.#source = source;
  }

  /** `b.txt:3` */
  at(line: number): string {
    const { input, line: own } = this.#source.placeOf(line);
    const name = this.#files[input];
    return `${name === "-" ? "stdin" : name}:${own}`;
  }

  /** The deliveries, with error records that say it: `{"line":17,"at":"b.txt:3","error":…}`. */
  locate(deliveries: readonly Delivery[]): readonly Delivery[] {
    return deliveries.map((delivery) =>
      delivery.kind === "error" ? { ...delivery, bytes: this.#located(delivery.bytes) } : delivery
    );
  }

  #located(record: Uint8Array): Uint8Array {
    const [head, line] = start.exec(decoder.decode(record.subarray(0, maxStart)))!;
    const at = encoder.encode(`,"at":${JSON.stringify(this.at(Number(line)))}`);
    const longer = new Uint8Array(record.length + at.length);
    longer.set(record.subarray(0, head.length));
    longer.set(at, head.length);
    longer.set(record.subarray(head.length), head.length + at.length);
    return longer;
  }
}
