/** A platform that `deno compile` makes executables for. */
export interface Target {
  /** As `deno compile --target` has it. */
  readonly name: string;
  readonly executable: "tandem" | "tandem.exe";
  readonly archive: ".tar.gz" | ".zip";
}

export const targets: readonly Target[] = [
  ...["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "x86_64-apple-darwin", "aarch64-apple-darwin"]
    .map((name) => ({ name, executable: "tandem", archive: ".tar.gz" }) as const),
  { name: "x86_64-pc-windows-msvc", executable: "tandem.exe", archive: ".zip" },
];

/** The folder that an archive has, and the beginning of its name. Without a version, as GitHub's links to the latest release need it. */
export const folderOf = ({ name }: Target) => `tandem-${name}`;
