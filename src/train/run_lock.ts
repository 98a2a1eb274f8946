import { join } from "node:path";
import { InputError } from "../input_error.ts";
import { withLock } from "../lock.ts";

/**
 * Runs `work` while holding `folder` for this process alone. Throws InputError where another process holds
 * it: a run lasts for hours, and who starts it twice should know at once. Throws it also where the folder
 * cannot be made.
 */
export function withRunLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  return withLock(join(folder, "lock"), work, () => {
    throw new InputError(
      `Another run is at work in ${folder}. Wait for it, or choose another folder with --out.`,
    );
  });
}
