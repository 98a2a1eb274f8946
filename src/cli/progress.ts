import cliProgress from "cli-progress";
import process from "node:process";

/** Called by long computations after each finished step. */
type OnProgress = (done: number, note?: string) => void;

/**
 * Shows a bar with the time to go on stderr while `work` runs; where stderr is no terminal, a line
 * every ten seconds.
 *
 * @param label what is being done, e.g. "training"
 * @param total number of steps that `work` will report
 */
export async function withProgress<T>(
  label: string,
  total: number,
  work: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  const bar = new cliProgress.SingleBar({
    format: `${label} {bar} {percentage}% {value}/{total} eta {eta_formatted} {note}`,
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
    hideCursor: true,
    etaBuffer: 50,
  }, cliProgress.Presets.shades_classic);
  bar.start(total, 0, { note: "" });
  try {
    return await work((done, note = "") => bar.update(done, { note }));
  } finally {
    bar.stop();
  }
}
