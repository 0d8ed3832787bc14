/** The door to the parts of d3 that charts are made of: bare npm JavaScript has no types of its own. */
// @ts-types="@types/d3-scale"
export { scaleBand, scaleLinear, scaleLog } from "d3-scale";
// @ts-types="@types/d3-shape"
export { line } from "d3-shape";
