import { assertEquals } from "@std/assert";
import { isSameFolder, projectFolder } from "../../lib/jobs/project.ts";

const isMe = (folder: string) => folder === "/home/me";
const having = (...files: string[]) => (path: string) => files.includes(path);

Deno.test("projectFolder: the nearest parent folder with a project file", () => {
  assertEquals(projectFolder("/home/me/p/src/job.ts", isMe, having("/home/me/p/deno.json")), "/home/me/p");
  assertEquals(
    projectFolder("/home/me/p/src/job.ts", isMe, having("/home/me/p/.git", "/home/me/p/src/package.json")),
    "/home/me/p/src",
  );
});

Deno.test("projectFolder: never the home folder or the root; the job's own folder instead", () => {
  assertEquals(projectFolder("/home/me/a/job.ts", isMe, having("/home/me/.git")), "/home/me/a");
  assertEquals(projectFolder("/srv/a/job.ts", isMe, having("/package.json")), "/srv/a");
});

Deno.test("isSameFolder: whatever name the home folder goes by", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${root}/me/p`, { recursive: true });
    await Deno.symlink(`${root}/me`, `${root}/link`);
    for (const home of ["me", "me/", "./me", "link", "link/p/.."]) {
      assertEquals(isSameFolder(`${root}/me`, `${root}/${home}`), true, home);
    }
    for (const other of ["me/p", "nosuch", ""]) {
      assertEquals(isSameFolder(`${root}/me`, `${root}/${other}`), false, other);
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
