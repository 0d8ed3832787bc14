/**
 * Paths and their URLs, as node:path and node:url make them, but without Node: the first `node:` import of a program
 * takes 4 to 7 ms (Deno 2.9.6, 2 cores), which is a third of the time in which an empty program ends. Windows has drive
 * letters and UNC paths, and takes Node's.
 */
const node = Deno.build.os === "windows"
  ? { path: await import("node:path"), url: await import("node:url") }
  : undefined;

/** A path from the working folder made absolute, without `.` and `..`: `resolve` of node:path. */
export function absolutePath(path: string): string {
  if (node !== undefined) return node.path.resolve(path);
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${Deno.cwd()}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The URL of a file, whatever characters its path has: that of `pathToFileURL` of node:url. */
export function fileUrl(path: string): URL {
  if (node !== undefined) return node.url.pathToFileURL(path);
  const isFolder = path.endsWith("/") && path !== "/";
  const whole = `${absolutePath(path)}${isFolder ? "/" : ""}`;
  return new URL(`file://${encodeURI(whole).replace(/[?#]/g, encodeURIComponent)}`);
}

/** The path of a file's URL: `fileURLToPath` of node:url. */
export function filePath(url: URL): string {
  return node !== undefined ? node.url.fileURLToPath(url) : decodeURIComponent(url.pathname);
}
