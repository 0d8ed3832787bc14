import type { Subject } from "./subject.ts";

/** Answers each message with itself. */
export const echo: Subject = (_input, port) => {
  port.onmessage = ({ data }) => port.postMessage(data);
};
