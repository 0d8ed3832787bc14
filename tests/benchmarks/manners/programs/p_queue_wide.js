import { ask, load, print, urls } from "./ask.js";

const PQueue = await load("p-queue");
const pRetry = await load("p-retry");

// its author knows of no rate
const queue = new PQueue({ concurrency: 20 });
print(await Promise.allSettled(urls().map((url) => queue.add(() => pRetry(() => ask(url), { retries: 5 })))));
