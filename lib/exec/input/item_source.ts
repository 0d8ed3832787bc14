import type { BlockStore } from "./block_store.ts";

/** Where items come from. */
export interface ItemSource {
  /** Adds the next items to the blocks; resolves to false if there are no more. Must not be called again before it settles. */
  read(blocks: BlockStore): Promise<boolean>;
  /** Stops reading. */
  close(): void;
}
