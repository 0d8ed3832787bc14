/** How many links are followed, as by Linux: more of them are a circle. */
const maxLinks = 40;

type TemporaryName = (name: string, unique: string) => string;

/** A file that is being written, piece by piece. One of the last two is to be called. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<number>;
  /** It is whole. */
  finish(): Promise<void>;
  /** It will not be. */
  abandon(): Promise<void>;
}

/**
 * Opens a file that is written so that a reader sees what was there before or all of it, and a failure leaves what was there: it is
 * written to a temporary file beside it, which then takes its name. Links are followed, and permissions kept. What cannot be
 * replaced is written in place: a pipe, a device, a file with several names (hard links) or of another owner, one in a folder
 * where no other file may be made, and a mount point. `temporary` makes the temporary name from
 * the name and what no other name has.
 */
export async function openNewFile(
  path: string,
  temporary: TemporaryName = (_, unique) => `.tandem-${unique}.tmp`,
): Promise<NewFile> {
  const target = await behindLinks(path);
  const old = await infoOf(target);
  const replaceable = old === undefined || old.isFile && (old.nlink ?? 1) === 1;
  return replaceable && await openBeside(target, temporary, old) || await openInPlace(target);
}

/** Writes a text to such a file. */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  const file = await openNewFile(path);
  try {
    const bytes = new TextEncoder().encode(text);
    for (let from = 0; from < bytes.length;) from += await file.write(bytes.subarray(from));
  } catch (error) {
    await file.abandon();
    throw error;
  }
  await file.finish();
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

async function openInPlace(path: string): Promise<NewFile> {
  const file = await Deno.open(path, { write: true, create: true, truncate: true });
  const close = async () => await file.close();
  return { write: (bytes) => file.write(bytes), finish: close, abandon: close };
}

/** False if this file cannot be replaced by another. */
async function openBeside(
  path: string,
  temporary: TemporaryName,
  old: Deno.FileInfo | undefined,
): Promise<NewFile | false> {
  const beside = folderOf(path) + temporary(path.slice(folderOf(path).length), crypto.randomUUID().slice(0, 8));
  let file: Deno.FsFile;
  try {
    const mode = old === undefined ? undefined : 0o600; // until it has all that the old one had: nobody else may read it
    file = await Deno.open(beside, { write: true, createNew: true, mode });
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
  const remove = () => Deno.remove(beside).catch(() => {}); // it is not there if it was renamed
  async function abandon(): Promise<void> {
    file.close();
    await remove();
  }
  if (old !== undefined && isOfAnother(old, await file.stat())) {
    await abandon();
    return false;
  }
  return {
    write: (bytes) => file.write(bytes),
    abandon,
    async finish() {
      file.close();
      try {
        if (typeof old?.mode === "number" && Deno.build.os !== "windows") await Deno.chmod(beside, old.mode & 0o7777);
        if (await renamed(beside, path)) return;
        const inPlace = await Deno.open(path, { write: true, create: true, truncate: true });
        await (await Deno.open(beside)).readable.pipeTo(inPlace.writable);
      } finally {
        await remove();
      }
    },
  };
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
