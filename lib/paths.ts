/**
 * Paths and their URLs, as in node:path and node:url, but without Node: the first `node:` import of a program takes 4 to 7 ms
 * (Deno 2.9.6, 2 cores), a third of the time of an empty program. Windows, with its drive letters and UNC paths, uses Node's
 * functions.
 */
const isWindows = "Deno" in globalThis ? Deno.build.os === "windows" : process.platform === "win32"; // or a slot in Node
const node = isWindows ? { path: await import("node:path"), url: await import("node:url") } : undefined;

/** Makes a path absolute, relative to the working folder, without `.` and `..`: `resolve` of node:path. */
export function absolutePath(path: string): string {
  if (node !== undefined) return node.path.resolve(path);
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${Deno.cwd()}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The URL of a file, whatever characters its path has: `pathToFileURL` of node:url. */
export function fileUrl(path: string): URL {
  if (node !== undefined) return node.url.pathToFileURL(path);
  const isFolder = path.endsWith("/") && path !== "/";
  const whole = `${absolutePath(path)}${isFolder ? "/" : ""}`;
  return new URL(`file://${encodeURI(whole).replace(/[?#]/g, encodeURIComponent)}`);
}

/** The path of a file URL: `fileURLToPath` of node:url. */
export function filePath(url: URL): string {
  return node !== undefined ? node.url.fileURLToPath(url) : decodeURIComponent(url.pathname);
}
