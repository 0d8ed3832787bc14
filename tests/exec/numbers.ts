/** A number of the kind that is wanted where it stands: a place, a line, ... */
export function n<T extends number>(value: number): T {
  return value as T;
}
