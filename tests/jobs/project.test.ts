import { assertEquals } from "@std/assert";
import { projectFolder } from "../../lib/jobs/project.ts";

const having = (...files: string[]) => (path: string) => files.includes(path);

Deno.test("projectFolder: the nearest parent folder with a project file", () => {
  assertEquals(projectFolder("/home/me/p/src/job.ts", "/home/me", having("/home/me/p/deno.json")), "/home/me/p");
  assertEquals(
    projectFolder("/home/me/p/src/job.ts", "/home/me", having("/home/me/p/.git", "/home/me/p/src/package.json")),
    "/home/me/p/src",
  );
});

Deno.test("projectFolder: never the home folder or the root; the job's own folder instead", () => {
  assertEquals(projectFolder("/home/me/a/job.ts", "/home/me", having("/home/me/.git")), "/home/me/a");
  assertEquals(projectFolder("/srv/a/job.ts", "/home/me", having("/package.json")), "/srv/a");
});
