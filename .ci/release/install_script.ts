/** The line of .github/install.sh that says whose releases it installs. Empty in the sources. */
const unset = '\n  repository=""\n';

/** The install script of a release: it knows the repository that it belongs to. */
export function installScript(text: string, repository: string): string {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new Error(`GITHUB_REPOSITORY: expected OWNER/NAME, not "${repository}"`);
  }
  if (text.split(unset).length !== 2) throw new Error("install.sh: its line with the repository is missing");
  return text.replace(unset, `\n  repository="${repository}"\n`);
}
