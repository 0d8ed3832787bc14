// @ts-check
/** The work as a whole program, for hyperfine. */
import work from "./work.js";

console.log(work());
