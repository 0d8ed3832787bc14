import { assertEquals } from "@std/assert";
import { homeGuard, projectFolder } from "../../lib/jobs/project.ts";

const isPrivate = (folder: string) => folder === "/home/me" || folder === "/home";
const having = (...files: string[]) => (path: string) => files.includes(path);

Deno.test("projectFolder: the nearest parent folder with a project file", () => {
  assertEquals(projectFolder("/home/me/p/src/job.ts", isPrivate, having("/home/me/p/deno.json")), "/home/me/p");
  assertEquals(
    projectFolder("/home/me/p/src/job.ts", isPrivate, having("/home/me/p/.git", "/home/me/p/src/package.json")),
    "/home/me/p/src",
  );
});

Deno.test("projectFolder: never the home folder or the root; the job's own folder instead", () => {
  assertEquals(projectFolder("/home/me/a/job.ts", isPrivate, having("/home/me/.git")), "/home/me/a");
  assertEquals(projectFolder("/home/a/job.ts", isPrivate, having("/home/.git")), "/home/a");
  assertEquals(projectFolder("/srv/a/job.ts", isPrivate, having("/package.json")), "/srv/a");
});

Deno.test("projectFolder: none for a job in the home folder, above it, or in the root", () => {
  assertEquals(projectFolder("/home/me/job.ts", isPrivate, having("/home/me/deno.json")), undefined);
  assertEquals(projectFolder("/home/job.ts", isPrivate, having("/home/.git", "/home/package.json")), undefined);
  assertEquals(projectFolder("/job.ts", isPrivate, having("/package.json")), undefined);
  assertEquals(projectFolder("/job.ts", () => false, having()), undefined);
  assertEquals(projectFolder("C:\\job.ts", () => false, having("C:\\/package.json")), undefined);
});

Deno.test("homeGuard: the home folder and all above it, whatever name it goes by", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${root}/me/p`, { recursive: true });
    await Deno.symlink(`${root}/me`, `${root}/link`);
    for (const home of ["me", "me/", "./me", "link", "link/", "link/p/..", "me/p/.."]) {
      const isGuarded = homeGuard(`${root}/${home}`);
      assertEquals(["me", "link", ".", "..", "me/p", "nosuch"].map((name) => isGuarded(`${root}/${name}`)), [
        true,
        true,
        true,
        true,
        false,
        false,
      ], home);
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("homeGuard: a home folder that is unknown, or not there, guards nothing", () => {
  for (const home of [undefined, "", "/nosuch/home/"]) {
    assertEquals(["/", Deno.cwd(), "", "/nosuch"].map(homeGuard(home)), [false, false, false, false]);
  }
});
