/** What the parent writes to the child's stdin, as one line of JSON. The parent then keeps stdin open as long as it lives. */
export interface ChildTask {
  readonly name: string;
  readonly input: unknown;
}

/** A line of the child's stdout: a report, or that the measurement is over. */
export type ChildMessage = { readonly report: unknown } | { readonly done: true };
