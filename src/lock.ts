/** What two commands must not do at once: each waits for the other, by a lock that ends with its process. */
import { dirname } from "node:path";
import { InputError } from "./input_error.ts";

/** Tells whoever sits at the terminal why nothing happens. */
const sayWaiting = (path: string) =>
  console.error(`Another process is at work here and holds ${path}; waiting for it ...`);

/**
 * Runs `work` while this process alone holds the file `path`, which exists for that time only. The lock is
 * the operating system's (flock): it is given up when the process ends, however that happens, so none goes
 * stale. Throws InputError where the file cannot be made.
 *
 * @param onBusy called once where another process holds the lock, before waiting for it; refuses by throwing
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  onBusy: (path: string) => void = sayWaiting,
): Promise<T> {
  using file = await lockedFile(path, onBusy);
  try {
    return await work();
  } finally {
    // While it is still held: who waits for it finds another file, or none, and begins again.
    await Deno.remove(path).catch(() => {});
    file.unlockSync();
  }
}

async function lockedFile(path: string, onBusy: (path: string) => void): Promise<Deno.FsFile> {
  let told = false;
  while (true) {
    const file = await open(path);
    try {
      if (!await file.tryLock(true)) {
        if (!told) onBusy(path);
        told = true;
        await file.lock(true);
      }
      const there = await Deno.stat(path).catch(() => null);
      if (there !== null && there.ino === (await file.stat()).ino) return file;
    } catch (error) {
      file.close();
      throw error;
    }
    file.close(); // the one before has removed it
  }
}

async function open(path: string): Promise<Deno.FsFile> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    return await Deno.open(path, { create: true, write: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `Cannot lock ${path}: ${reason}. Check the permissions and the free space of its folder.`,
    );
  }
}
