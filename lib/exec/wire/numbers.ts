/**
 * Numbers that must not be mixed up. They are plain numbers when the program runs; swapped arguments do not compile. A
 * calculated one is named where it is calculated: `from + i as Place`.
 */
declare const kind: unique symbol;

type Kind<K extends string> = number & { readonly [kind]: K };

/** The number of a block that is used again and again, from 0; -1 for one that is used once. */
export type BlockId = Kind<"block">;

/** Which use of a block: another number each time. */
export type BlockUse = Kind<"use">;

/** An item's place in the table of its block, from 0. */
export type Place = Kind<"place">;

/** Which of a pool's slots, never used again, so that the thread of a dead slot claims nothing. */
export type Generation = Kind<"generation">;

/** An item's number in its run, from 0. */
export type ItemNumber = Kind<"item">;

/** A line of the whole input, from 1. */
export type Line = Kind<"line">;

/** How many lines after the first line of its block an item stands. */
export type LineOffset = Kind<"line offset">;

/** When an item started: milliseconds of the pool's clock modulo 2^32, for `msSince` of block.ts. */
export type StartTime = Kind<"start time">;
