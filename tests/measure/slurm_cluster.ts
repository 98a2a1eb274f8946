/**
 * A real one-node Slurm on the loopback address, for tests: munged, slurmctld and slurmd of Debian's
 * packages, configured in a folder of its own, started and stopped by the test. Needs root.
 */
import { join } from "node:path";

/** A running cluster. */
export interface SlurmCluster {
  /** Environment that points Slurm's commands at this cluster. */
  readonly env: Record<string, string>;
  /** Runs a Slurm command and returns what it printed; throws with its stderr where it failed. */
  run(command: string, ...args: string[]): Promise<string>;
  /** Kills the compute daemon and its jobs as a power cut would; returns once the controller knows. */
  killNode(): Promise<void>;
  /** Starts the compute daemon again and brings the node back. */
  startNode(): Promise<void>;
  stop(): Promise<void>;
}

const DAEMONS = ["munged", "slurmctld", "slurmd"];

/** True where the programs exist and this process may start them. */
export async function slurmAvailable(): Promise<boolean> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  const found = await Promise.all(DAEMONS.map((name) => exists(`/usr/sbin/${name}`)));
  return found.every((ok) => ok);
}

/**
 * Starts the cluster below `folder` with `maxArraySize` (highest array index + 1) and waits until its
 * node is idle.
 */
export async function startSlurm(folder: string, maxArraySize: number): Promise<SlurmCluster> {
  const host = Deno.hostname().split(".")[0];
  const conf = join(folder, "slurm.conf");
  const [controllerPort, nodePort] = freePorts(2);
  for (const name of ["state", "spool"]) await Deno.mkdir(join(folder, name));
  await Deno.writeTextFile(
    conf,
    `ClusterName=one
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controllerPort}
SlurmdPort=${nodePort}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.socket
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/ctld.pid
SlurmdPidFile=${folder}/d.pid
SlurmctldLogFile=${folder}/ctld.log
SlurmdLogFile=${folder}/d.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SlurmdTimeout=5
MinJobAge=300
MaxArraySize=${maxArraySize}
SchedulerParameters=sched_interval=2,requeue_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=4000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`,
  );
  await Deno.chmod(folder, 0o755);
  await Deno.writeFile(join(folder, "munge.key"), crypto.getRandomValues(new Uint8Array(1024)), {
    mode: 0o400,
  });
  const env = { SLURM_CONF: conf };
  const run = (command: string, ...args: string[]) => output(command, args, env);
  await run(
    "/usr/sbin/munged",
    "--force",
    `--key-file=${folder}/munge.key`,
    `--socket=${folder}/munge.socket`,
    `--pid-file=${folder}/munge.pid`,
    `--log-file=${folder}/munge.log`,
    `--seed-file=${folder}/munge.seed`,
  );
  await run("/usr/sbin/slurmctld", "-f", conf);
  const nodeState = async () => (await run("sinfo", "-h", "-o", "%t")).trim();
  const startNode = async () => {
    await run("/usr/sbin/slurmd", "-f", conf, "-N", host);
    await until(async () => ["idle", "mix", "alloc"].includes(await nodeState()), 120);
  };
  await startNode();
  return {
    env,
    run,
    startNode,
    killNode: async () => {
      await kill(join(folder, "d.pid"));
      for (const pid of await jobProcesses()) Deno.kill(pid, "SIGKILL");
      await until(async () => (await nodeState()).startsWith("down"), 120);
    },
    stop: async () => {
      for (const file of ["d.pid", "ctld.pid", "munge.pid"]) await kill(join(folder, file));
    },
  };
}

/** Waits until `condition` holds; throws after `seconds`. */
export async function until(condition: () => Promise<boolean>, seconds: number): Promise<void> {
  for (let left = seconds * 10; left > 0; left--) {
    if (await condition().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Not so after ${seconds} s: ${condition}`);
}

/** Every slurmstepd and all that descends from one: the processes that die with a node. */
async function jobProcesses(): Promise<number[]> {
  const parents = new Map<number, number>();
  const doomed = new Set<number>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await Deno.readTextFile(`/proc/${name}/stat`).catch(() => "");
    const [, command, rest] = stat.match(/^\d+ \((.*)\) (.*)$/s) ?? [];
    if (rest === undefined) continue;
    parents.set(Number(name), Number(rest.split(" ")[1]));
    if (command === "slurmstepd") doomed.add(Number(name));
  }
  for (let size = -1; size !== doomed.size;) {
    size = doomed.size;
    for (const [pid, parent] of parents) if (doomed.has(parent)) doomed.add(pid);
  }
  return [...doomed];
}

async function output(command: string, args: string[], env: Record<string, string>) {
  const result = await new Deno.Command(command, { args, env, stdin: "null" }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!result.success) throw new Error(`${command} ${args.join(" ")}: ${decode(result.stderr)}`);
  return decode(result.stdout);
}

async function kill(pidFile: string): Promise<void> {
  if (!await exists(pidFile)) return;
  try {
    Deno.kill(Number(await Deno.readTextFile(pidFile)), "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  await Deno.remove(pidFile).catch(() => {});
}

const exists = (path: string) => Deno.stat(path).then(() => true, () => false);

function freePorts(n: number): number[] {
  const listeners = Array.from(
    { length: n },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const ports = listeners.map((l) => (l.addr as Deno.NetAddr).port);
  listeners.forEach((l) => l.close());
  return ports;
}
