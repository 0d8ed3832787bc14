/** Keeps one core busy until its standard input ends, and so not longer than whoever started it lives. */
const spin = "data:application/javascript,for (;;);";

if (import.meta.main) {
  new Worker(spin, { type: "module" });
  for await (const _ of Deno.stdin.readable);
  Deno.exit(0);
}

/** Starts a process that keeps one core busy; disposing of it ends it. */
export function busyCore(): AsyncDisposable {
  const args = ["run", "--no-prompt", "--cached-only", import.meta.url];
  const child = new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "null", stderr: "inherit" }).spawn();
  return {
    async [Symbol.asyncDispose]() {
      await child.stdin.close().catch(() => {}); // it has ended before
      await child.status;
    },
  };
}
