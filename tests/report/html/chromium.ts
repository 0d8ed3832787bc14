/**
 * A headless Chromium, over the Chrome DevTools Protocol (https://chromedevtools.github.io/devtools-protocol/). playwright-core would
 * do it too, but asks for more permissions than the tests have: it reads /proc when it loads.
 */

const names: Partial<Readonly<Record<typeof Deno.build.os, readonly string[]>>> = {
  linux: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
  darwin: ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "chromium"],
  windows: ["C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"],
};

/** What to do without one. */
const advice = "no Chromium was found; on Debian: apt-get install --no-install-recommends chromium fonts-dejavu-core";

/** The path of a Chromium or a Chrome; undefined if there is none. */
const executable = (names[Deno.build.os] ?? []).flatMap((name) =>
  /[\\/]/.test(name) ? [name] : (Deno.env.get("PATH") ?? "").split(":").map((folder) => `${folder}/${name}`)
).find(isFile);

const isIgnored = executable === undefined && Deno.env.get("TANDEM_CHROMIUM") !== "required";
if (isIgnored) console.error(`tests of pages in a browser are ignored: ${advice}`);

/** Without most of these it asks for news of itself over the network, or does not start in a container. */
const args = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-port=0",
];

/**
 * Registers a test that needs a browser. Where there is none it is ignored, and a line says how to get one; where
 * TANDEM_CHROMIUM=required is set, as `.ci/run` does, it fails.
 */
export function testInBrowser(name: string, test: (browser: Browser, t: Deno.TestContext) => Promise<void>): void {
  Deno.test({
    name,
    ignore: isIgnored,
    fn: async (t) => {
      await using browser = await Browser.launch();
      await test(browser, t);
    },
  });
}

/** A window that a page is looked at in. */
export interface View {
  readonly width: number;
  readonly colorScheme: "light" | "dark";
  /** A screen if nothing is said. */
  readonly media?: "screen" | "print";
}

/** What Chromium says of a page by itself: the parameters of an event of its protocol. */
type Params = { readonly [name: string]: unknown };
type Listener = (params: Params) => void;

/** A browser that runs. */
export class Browser implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #folder: string;
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, PromiseWithResolvers<Params>>();
  readonly #listeners = new Map<string, Listener>();
  #ids = 0;

  private constructor(child: Deno.ChildProcess, folder: string, socket: WebSocket) {
    [this.#child, this.#folder, this.#socket] = [child, folder, socket];
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
  }

  /** Starts it. Rejects if there is none. */
  static async launch(): Promise<Browser> {
    if (executable === undefined) throw new Error(advice);
    const folder = await Deno.makeTempDir();
    const child = new Deno.Command(executable, {
      args: [...args, `--user-data-dir=${folder}`, "about:blank"],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const socket = new WebSocket(await addressIn(child.stderr));
    await new Promise((resolve, reject) => [socket.onopen, socket.onerror] = [resolve, reject]);
    return new Browser(child, folder, socket);
  }

  /** Sends a command, of the browser or of a page's session, and returns its result. */
  send(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    const id = ++this.#ids;
    const answer = Promise.withResolvers<Params>();
    this.#answers.set(id, answer);
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    return answer.promise;
  }

  /** Calls back at each event of that name in a session, or of the browser. At most one listener for each. */
  on(event: string, listener: Listener, sessionId = ""): void {
    this.#listeners.set(`${sessionId} ${event}`, listener);
  }

  #receive({ id, method, params, result, error, sessionId = "" }: Message): void {
    if (id === undefined) return this.#listeners.get(`${sessionId} ${method}`)?.(params ?? {});
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (error === undefined) answer?.resolve(result ?? {});
    else answer?.reject(new Error(error.message));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#socket.onclose = resolve);
    await this.send("Browser.close");
    await Promise.all([closed, this.#child.status]);
    await Deno.remove(this.#folder, { recursive: true }).catch(() => {}); // the last of its processes may still write there
  }
}

/** A message of the protocol: the answer to a command, or an event. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** The address that Chromium prints on stderr when it is ready. What it prints later is read and forgotten. */
async function addressIn(stderr: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  void (async () => {
    let printed = "";
    for await (const part of stderr.pipeThrough(new TextDecoderStream())) {
      printed += part;
      const [, address] = /DevTools listening on (ws:\S+)/.exec(printed) ?? [];
      if (address !== undefined) resolve(address);
    }
    reject(new Error(`Chromium ended: ${printed}`));
  })();
  return await promise;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
