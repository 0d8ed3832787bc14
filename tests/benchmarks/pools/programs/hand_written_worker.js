// @ts-check
/// <reference no-default-lib="true"/>
/// <reference lib="deno.worker"/>

/** @type {Promise<(item: unknown) => unknown> | undefined} */
let loading;
/** @type {((item: unknown) => unknown) | undefined} */
let job;

/** The first message names the job, the others are an item and its place. */
self.onmessage = async ({ data }) => {
  if (loading === undefined) {
    loading = import(data).then((module) => module.default);
    job = await loading;
  } else {
    const [index, item] = data;
    const run = job ?? await loading;
    self.postMessage([index, await run(item)]);
  }
};
