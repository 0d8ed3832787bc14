/** What a program prints. Throws with its stderr if it fails. */
export async function printed(program: string, args: readonly string[]): Promise<string> {
  const env = { NO_COLOR: "1" };
  const { success, stdout, stderr } = await new Deno.Command(program, { args: [...args], env, stdin: "null" }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`${program} ${args.join(" ")}: ${text(stderr).trim()}`);
  return text(stdout);
}

/** What Deno prints, the one that runs this. */
export function denoPrinted(...args: readonly string[]): Promise<string> {
  return printed(Deno.execPath(), args);
}
