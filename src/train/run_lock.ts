import { join } from "node:path";
import { InputError } from "../input_error.ts";

/**
 * Runs `work` while holding `folder` for this process alone. The lock is the operating system's (flock):
 * it ends with the process, however that dies. Throws InputError where another process holds it, or
 * where the folder cannot be made.
 */
export async function withRunLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  let file: Deno.FsFile;
  try {
    await Deno.mkdir(folder, { recursive: true });
    file = await Deno.open(join(folder, "lock"), { create: true, write: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`Cannot use the folder ${folder}: ${reason}. Choose another with --out.`);
  }
  try {
    if (!(await file.tryLock(true))) {
      throw new InputError(
        `Another run is at work in ${folder}. Wait for it, or choose another folder with --out.`,
      );
    }
    return await work();
  } finally {
    file.close();
  }
}
