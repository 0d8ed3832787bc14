type ErrorClass<E extends Error> = new (...args: never[]) => E;

/** Throws an AssertionError unless `condition` holds. */
export declare function assert(condition: unknown, message?: string): asserts condition;
/** The numbers differ by at most `tolerance`: 1e-7 of the expected one by default. */
export declare function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  message?: string,
): void;
/** Compares deeply. */
export declare function assertEquals<T>(actual: T, expected: T, message?: string): void;
/** The text matches the pattern. */
export declare function assertMatch(actual: string, pattern: RegExp, message?: string): void;
/** The text holds the other. */
export declare function assertStringIncludes(actual: string, expected: string, message?: string): void;
/** The promise rejects, with an error of that class whose message includes the text. */
export declare function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClass?: ErrorClass<E>,
  messageIncludes?: string,
): Promise<E>;
/** The function throws an error of that class whose message includes the text. */
export declare function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClass?: ErrorClass<E>,
  messageIncludes?: string,
): E;
/** Marks what cannot be reached; throws if it is. */
export declare function unreachable(reason?: string): never;
