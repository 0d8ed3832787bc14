/** Hosts that are reached by ssh: an sshd for each, on loopback ports, with keys and settings of their own in a folder. */
import { freePorts } from "./free_ports.ts";
import { killAll, killTree, processes, withDescendants } from "./processes.ts";
import { programPath } from "./programs_here.ts";
import { until } from "./until.ts";

/** What it needs, by the package of Debian. */
export const sshPackages = {
  "openssh-server": ["sshd"],
  "openssh-client": ["ssh", "ssh-keygen"],
} as const;

/** Hosts that run. At their end nothing of them is left but files in their folder. */
export interface SshHosts extends AsyncDisposable {
  /** The command that logs in to them by their names. */
  readonly ssh: string;
  /** Kills a host's sshd and all that it has started, as if the host had died. */
  killHost(name: string): Promise<void>;
  /** Kills the connections to a host, and waits until what they had started has ended by itself. */
  dropConnections(name: string): Promise<void>;
}

/** Starts hosts of these names and waits until they listen. `variables`: what is set for those who log in. */
export async function startHosts(
  folder: string,
  names: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<SshHosts> {
  const ports = freePorts(names.length);
  const daemons = new Map<string, Deno.ChildProcess>();
  const treeOf = (name: string) => {
    const all = processes();
    return withDescendants(all.filter(({ pid }) => pid === daemons.get(name)?.pid), all);
  };
  const killHost = async (name: string) => {
    const daemon = daemons.get(name);
    if (daemon !== undefined) await killTree(daemon);
  };
  const stop = async () => {
    for (const name of names) await killHost(name);
  };

  for (const key of ["host_key", "user_key"]) {
    const args = ["-q", "-t", "ed25519", "-N", "", "-f", `${folder}/${key}`];
    const { code, stderr } = await new Deno.Command("ssh-keygen", { args }).output();
    if (code !== 0) throw new Error(`ssh-keygen: ${new TextDecoder().decode(stderr)}`);
  }
  await Deno.writeTextFile(`${folder}/ssh_config`, clientConfig(folder, names, ports));
  // sshd of Debian needs this folder if it is root's; it is made at a system's start, and so not in a container
  if (Deno.uid() === 0) await Deno.mkdir("/run/sshd", { recursive: true, mode: 0o755 });
  try {
    for (const [i, name] of names.entries()) {
      await Deno.writeTextFile(`${folder}/sshd_config.${name}`, hostConfig(folder, ports[i], variables));
      const args = ["-D", "-f", `${folder}/sshd_config.${name}`, "-E", `${folder}/sshd.${name}.log`];
      const options = { stdin: "null", stdout: "null", stderr: "null" } as const;
      daemons.set(name, new Deno.Command(programPath("sshd") ?? "sshd", { ...options, args }).spawn());
      await until(`sshd of ${name} listens`, () => connects(ports[i]), () => logOf(folder, name));
    }
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    ssh: `ssh -F ${folder}/ssh_config`,
    killHost,
    async dropConnections(name) {
      const started = new Set(treeOf(name).filter(({ pid }) => pid !== daemons.get(name)?.pid).map(({ pid }) => pid));
      const left = () => processes().filter(({ pid }) => started.has(pid));
      await killAll(() => left().filter(({ name: program }) => program.startsWith("sshd")));
      await until(
        `what the connections to ${name} had started has ended`,
        () => left().length === 0 || undefined,
        () => JSON.stringify(left()),
      );
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** ssh_config(5) */
function clientConfig(folder: string, names: readonly string[], ports: readonly number[]): string {
  const hosts = names.map((name, i) => `Host ${name}\n  Port ${ports[i]}\n`);
  return `${hosts.join("")}Host *
  HostName 127.0.0.1
  IdentityFile ${folder}/user_key
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
  BatchMode yes
`;
}

/** sshd_config(5). Without PAM and without looking at who owns the folder: nothing of the machine's own accounts matters. */
function hostConfig(folder: string, port: number, variables: Readonly<Record<string, string>>): string {
  const set = Object.entries(variables).map(([name, value]) => `"${name}=${value}"`).join(" ");
  return `ListenAddress 127.0.0.1
Port ${port}
HostKey ${folder}/host_key
AuthorizedKeysFile ${folder}/user_key.pub
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxStartups 100
SetEnv ${set}
`;
}

async function connects(port: number): Promise<true | undefined> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return undefined;
  }
}

function logOf(folder: string, name: string): Promise<string> {
  return Deno.readTextFile(`${folder}/sshd.${name}.log`).catch(String);
}
