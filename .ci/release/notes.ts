/** The section under the heading `## TITLE`, without the heading; undefined if there is none. */
function sectionOf(changelog: string, title: string): string | undefined {
  const [, ...sections] = changelog.split(/^## /m);
  const found = sections.find((section) => section.split("\n", 1)[0] === title);
  return found?.slice(title.length).trim();
}

/** The notes of a release. Throws if the changelog does not name the version, or says nothing of it. */
export function releaseNotes(changelog: string, version: string): string {
  const notes = sectionOf(changelog, version);
  if (!notes) throw new Error(`CHANGELOG.md has no section "## ${version}": name the version in place of "Unreleased"`);
  return `${notes}\n`;
}

/** Throws if a tag is not that of the version in deno.json. */
export function checkTag(tag: string, version: string): void {
  if (tag !== `v${version}`) throw new Error(`the tag ${tag} is not v${version}: deno.json has version ${version}`);
}
