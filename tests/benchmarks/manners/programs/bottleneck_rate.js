import { ask, load, print, urls } from "./ask.js";

const Bottleneck = await load("bottleneck");

// one each 10 ms, and retries as the README of bottleneck has them
const limiter = new Bottleneck({ maxConcurrent: 20, minTime: 10 });
limiter.on("failed", (_, { retryCount }) => retryCount < 5 ? 1000 * 2 ** retryCount : undefined);
print(await Promise.allSettled(urls().map((url) => limiter.schedule(() => ask(url)))));
