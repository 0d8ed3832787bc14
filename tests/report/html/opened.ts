import { assertEquals } from "@std/assert";
import type { Browser, View } from "./chromium.ts";

/** A page that is shown in a browser. */
export interface Opened extends AsyncDisposable {
  /** The value of an expression in the page; a promise is awaited. */
  evaluate<T>(expression: string): Promise<T>;
  /** Does something that saves a file, and returns the file's name and text. */
  saved(act: string): Promise<{ readonly name: string; readonly text: string }>;
  /** The top of the page, as a PNG. */
  picture(height: number): Promise<Uint8Array<ArrayBuffer>>;
  /** What the browser complained about: errors, dialogs, what it refused to load. */
  readonly complaints: string[];
}

/** Shows a page from a file. When it is closed, it must not have asked for anything. */
export async function opened(
  browser: Browser,
  html: string,
  { width, colorScheme, media = "screen" }: View,
): Promise<Opened> {
  const folder = await Deno.makeTempDir();
  const url = new URL(`file:///${folder.replaceAll("\\", "/").replace(/^\//, "")}/page.html`).href;
  await Deno.writeTextFile(new URL(url), html);
  const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
  const session = `${sessionId}`;
  const send = (method: string, params?: { readonly [name: string]: unknown }) => browser.send(method, params, session);
  const complaints: string[] = [];
  const requests = new Map<unknown, string>();
  for (
    const event of [
      "Runtime.consoleAPICalled",
      "Runtime.exceptionThrown",
      "Log.entryAdded",
      "Page.javascriptDialogOpening",
    ]
  ) {
    browser.on(event, (params) => complaints.push(JSON.stringify(params)), session);
  }
  browser.on(
    "Network.requestWillBeSent",
    ({ requestId, request }) => requests.set(requestId, (request as { readonly url: string }).url),
    session,
  );
  browser.on(
    "Network.loadingFailed",
    ({ requestId, blockedReason }) => blockedReason === "csp" && requests.delete(requestId),
    session,
  );
  const loaded = new Map<unknown, () => void>(); // by loader: that of about:blank may say so late
  browser.on(
    "Page.lifecycleEvent",
    ({ name, loaderId }) => {
      if (name === "load") loaded.get(loaderId)?.();
    },
    session,
  );
  await Promise.all(["Page", "Runtime", "Log", "Network"].map((domain) => send(`${domain}.enable`)));
  await send("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: false });
  await send("Emulation.setEmulatedMedia", { media, features: [{ name: "prefers-color-scheme", value: colorScheme }] });
  await send("Page.setLifecycleEventsEnabled", { enabled: true });
  const { loaderId } = await send("Page.navigate", { url });
  await new Promise<void>((resolve) => loaded.set(loaderId, resolve));
  async function evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: T }).value;
  }
  return {
    evaluate,
    complaints,
    async saved(act) {
      const end = Promise.withResolvers<void>();
      let name = "";
      browser.on("Browser.downloadWillBegin", ({ suggestedFilename }) => name = `${suggestedFilename}`);
      browser.on("Browser.downloadProgress", ({ state }) => {
        if (state === "completed") end.resolve();
        if (state === "canceled") end.reject(new Error("the download was cancelled"));
      });
      await browser.send("Browser.setDownloadBehavior", {
        behavior: "allow",
        downloadPath: folder,
        eventsEnabled: true,
      });
      await evaluate(act);
      await end.promise;
      return { name, text: await Deno.readTextFile(`${folder}/${name}`) };
    },
    async picture(height) {
      const clip = { x: 0, y: 0, width, height, scale: 1 };
      const { data } = await send("Page.captureScreenshot", { format: "png", captureBeyondViewport: true, clip });
      return Uint8Array.fromBase64(`${data}`);
    },
    async [Symbol.asyncDispose]() {
      await browser.send("Target.closeTarget", { targetId });
      await Deno.remove(folder, { recursive: true });
      assertEquals([...requests.values()].filter((asked) => asked !== url && !/^(data|blob):/.test(asked)), []);
    },
  };
}
