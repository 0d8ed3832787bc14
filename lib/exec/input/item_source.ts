import type { BlockStore } from "./block_store.ts";

/** Where items come from. */
export interface ItemSource {
  /** Puts the next items into the blocks; false if there are no more. Not called again before it has settled. */
  read(blocks: BlockStore): Promise<boolean>;
  /** Nothing more is wanted. */
  close(): void;
}
