// @ts-check
/** The program without the work: what to take off. */
import "./work.js";

console.log(0);
