/**
 * Colours of a terminal (ECMA-48, SGR). Whether to paint is decided for each stream by the caller. Not `@std/fmt/colors`: where
 * `NO_COLOR` is set it never paints, so `--color=always` could not win as promised.
 */
function sgr(open: number, close: number): (text: string) => string {
  return (text) => `\x1b[${open}m${text}\x1b[${close}m`;
}

export const bold = sgr(1, 22);
export const dim = sgr(2, 22);
export const red = sgr(31, 39);
export const green = sgr(32, 39);
export const yellow = sgr(33, 39);
export const magenta = sgr(35, 39);
export const cyan = sgr(36, 39);
