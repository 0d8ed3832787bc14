/** A piece of a queue: `items` are read from `at` on. */
interface Piece<T> {
  readonly items: T[];
  at: number;
  next: Piece<T> | undefined;
}

/** A piece has this many items at most: what has been read is freed by pieces, and nothing is ever copied. */
const pieceItems = 1024;

/** A first-in first-out queue of any length, in which adding and taking cost the same however long it is. */
export class Queue<T> {
  #first: Piece<T> = { items: [], at: 0, next: undefined };
  #last = this.#first;

  get isEmpty(): boolean {
    return this.#first.at === this.#first.items.length; // a piece that has been read is dropped if there is another one
  }

  add(item: T): void {
    if (this.#last.items.length === pieceItems) {
      this.#last.next = { items: [], at: 0, next: undefined };
      this.#last = this.#last.next;
      if (this.isEmpty) this.#first = this.#last;
    }
    this.#last.items.push(item);
  }

  /** Takes the first item; the queue must not be empty. */
  take(): T {
    const piece = this.#first;
    const item = piece.items[piece.at];
    piece.items[piece.at++] = undefined as T; // frees it
    if (this.isEmpty && piece.next !== undefined) this.#first = piece.next;
    return item;
  }

  clear(): void {
    this.#first = this.#last = { items: [], at: 0, next: undefined };
  }
}
