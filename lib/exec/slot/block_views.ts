import { Error } from "../../natives.ts";
import { type Block, viewBlock } from "../wire/block.ts";
import type { BlockReference } from "../wire/protocol.ts";
import { type Decode, textDecoder } from "../wire/text_decoder.ts";

/** A block as a slot sees it, and what decodes its bytes. */
export interface BlockView {
  readonly block: Block;
  readonly decode: Decode;
}

/** The blocks that a slot has got items of. A block's buffer comes once; a block that is used once is not kept. */
export class BlockViews {
  readonly #views: BlockView[] = []; // by id

  viewOf({ id, capacity, buffer, once }: BlockReference): BlockView {
    if (buffer === undefined) {
      if (this.#views[id] === undefined) throw new Error("a block came without its buffer");
      return this.#views[id];
    }
    const block = viewBlock(buffer, capacity);
    const view = { block, decode: textDecoder(block.bytes) };
    if (!once) this.#views[id] = view;
    return view;
  }
}
