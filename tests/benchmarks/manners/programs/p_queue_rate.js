import { ask, load, print, urls } from "./ask.js";

const PQueue = await load("p-queue");
const pRetry = await load("p-retry");

// 100 in each second, as the README of p-queue has it, and p-retry as its README has it
const queue = new PQueue({ concurrency: 20, interval: 1000, intervalCap: 100 });
print(await Promise.allSettled(urls().map((url) => queue.add(() => pRetry(() => ask(url), { retries: 5 })))));
