import process from "node:process";

/** Milliseconds of processor time that this process has used, all its threads. */
export function cpuClock(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
