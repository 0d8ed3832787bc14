/** How many links are followed, as by Linux: more of them are a circle. */
const maxLinks = 40;

/**
 * Writes a text to a file so that a reader sees what was there before or all of it, and a failure leaves what was there: it is
 * written to a temporary file beside it, which then takes its name. Links are followed, and permissions kept. What cannot be
 * replaced is written in place: a pipe, a device, a file with several names (hard links) or of another owner, one in a folder
 * where no other file may be made, and a mount point.
 */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  const target = await behindLinks(path);
  const old = await infoOf(target);
  const replaceable = old === undefined || old.isFile && (old.nlink ?? 1) === 1;
  if (replaceable && await replaceFile(target, text, old)) return;
  await Deno.writeTextFile(target, text);
}

/** Where a link leads, and the links behind it, also where nothing is there. */
async function behindLinks(path: string): Promise<string> {
  let at = path;
  for (let links = 0; links < maxLinks; links++) {
    const next = await Deno.readLink(at).catch(() => undefined); // not a link, or not there
    if (next === undefined) return at;
    at = /^([\\/]|[a-z]:)/i.test(next) ? next : folderOf(at) + next;
  }
  return path;
}

/** The folder of a path, with the slash behind it. */
function folderOf(path: string): string {
  return path.replace(/[^\\/]*$/, "");
}

async function infoOf(path: string): Promise<Deno.FileInfo | undefined> {
  return await Deno.stat(path).catch(() => undefined);
}

/** False if this file cannot be replaced by another. Rejects if the text cannot be written; the file is then as it was. */
async function replaceFile(path: string, text: string, old: Deno.FileInfo | undefined): Promise<boolean> {
  const temporary = `${folderOf(path)}.tandem-${crypto.randomUUID().slice(0, 8)}.tmp`;
  let file: Deno.FsFile;
  try {
    const mode = old === undefined ? undefined : 0o600; // until it has all that the old one had: nobody else may read it
    file = await Deno.open(temporary, { write: true, createNew: true, mode });
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
  try {
    try {
      if (old !== undefined && isOfAnother(old, await file.stat())) return false;
      const bytes = new TextEncoder().encode(text);
      for (let from = 0; from < bytes.length;) from += await file.write(bytes.subarray(from));
    } finally {
      file.close();
    }
    if (typeof old?.mode === "number" && Deno.build.os !== "windows") await Deno.chmod(temporary, old.mode & 0o7777);
    return await renamed(temporary, path);
  } finally {
    await Deno.remove(temporary).catch(() => {}); // it is not there if it was renamed
  }
}

function isOfAnother(old: Deno.FileInfo, made: Deno.FileInfo): boolean {
  return old.uid !== made.uid || old.gid !== made.gid;
}

async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await Deno.rename(from, to);
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}

/** Not allowed here, though writing the file itself may be; or (EBUSY) something is mounted there. */
function isRefused(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.Busy;
}
