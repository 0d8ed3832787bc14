import type { Mode } from "../model/grid.ts";
import { cyan, magenta, yellow } from "./colors.ts";

/** The colour of each mode, alike in all tables. */
export const modeColors: Readonly<Record<Mode, (text: string) => string>> = {
  serial: (text) => text,
  tasks: cyan,
  threads: yellow,
  both: magenta,
};
