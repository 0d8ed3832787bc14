import { assertEquals, assertThrows } from "@std/assert";
import { JournalError } from "../../lib/errors.ts";
import type { Entry } from "../../lib/journal/entry.ts";
import { JournalFile } from "../../lib/journal/journal_file.ts";

const entry: Entry = { begun: "run", at: 7 };
const line = '{"begun":"run","at":7}\n';

/** Runs in a folder of its own. */
async function inFolder(act: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await act(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const textOf = (file: JournalFile) => new TextDecoder().decode(file.read());

Deno.test("journal file: what is appended stays, in whole records, and can be read and cut", () =>
  inFolder((folder) => {
    const name = `${folder}/journal`;
    const file = JournalFile.open(name, true);
    assertEquals([file.name, textOf(file)], [name, ""]);
    file.append(entry, entry);
    file.append(entry);
    file.close();
    const again = JournalFile.open(name, false);
    assertEquals(textOf(again), line.repeat(3));
    again.cut(line.length);
    again.append(entry);
    assertEquals(Deno.readTextFileSync(name), line.repeat(2));
    again.close();
  }));

Deno.test("journal file: one that does not exist is made only if that is asked for", () =>
  inFolder((folder) => {
    const name = `${folder}/journal`;
    const missing = assertThrows(() => JournalFile.open(name, false), JournalError, "this journal does not exist");
    assertEquals(missing.code, "journal-missing");
    const nowhere = assertThrows(() => JournalFile.open(`${folder}/none/journal`, true), JournalError);
    assertEquals(nowhere.code, "journal");
    assertEquals(nowhere.message.includes("cannot be opened: "), true, nowhere.message);
    const folderItself = assertThrows(() => JournalFile.open(folder, false), JournalError, "cannot be opened: ");
    assertEquals(folderItself.message.endsWith("; choose another place"), true, folderItself.message);
  }));

Deno.test("journal file: a device cannot be cut, so it is not a journal", () => {
  for (const create of [false, true]) {
    assertThrows(() => JournalFile.open("/dev/null", create), JournalError, "/dev/null: is not a regular file");
  }
});

Deno.test("journal file: another run that has it open keeps others out; then it is free", () =>
  inFolder((folder) => {
    const name = `${folder}/journal`;
    const first = JournalFile.open(name, true);
    assertThrows(() => JournalFile.open(name, true), JournalError, "another run is writing to it");
    first.append(entry);
    first.close();
    const second = JournalFile.open(name, true);
    assertEquals(textOf(second), line);
    second.close();
  }));

Deno.test("journal file: after a write that failed, nothing is written any more", () =>
  inFolder((folder) => {
    const file = JournalFile.open(`${folder}/journal`, true);
    file.close(); // any write fails now
    const error = assertThrows(() => file.append(entry), JournalError, "cannot be written: ");
    assertEquals(error.code, "journal-not-written");
    assertEquals(assertThrows(() => file.append(entry), JournalError), error);
    assertThrows(() => file.cut(0), JournalError, "cannot be written: ");
  }));
