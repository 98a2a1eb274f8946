/** TensorFlow for a run that can be resumed: with as many threads as it was started with. */
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../atomic_write.ts";
import { type Backend, loadBackend, THREADS, threadsAsked } from "../backend.ts";
import { InputError } from "../input_error.ts";
import { readJsonIfThere } from "../json_file.ts";
import { setUp } from "./setup.ts";

const record = z.strictObject({ threads: z.int().min(1) });

/**
 * Sets TensorFlow up where it is not and loads it. A run that `folder` holds goes on with the number of
 * threads that it was started with, whatever the environment asks for now (said on stderr), since another
 * number ends with other weights; a new one notes its number there.
 *
 * Throws InputError where the note is damaged, and where TensorFlow is loaded already with another number.
 */
export async function backendFor(folder: string): Promise<Backend> {
  const path = join(folder, "threads.json"), kept = await readThreads(path);
  if (kept !== null) {
    const asked = threadsAsked() ?? navigator.hardwareConcurrency;
    if (asked !== kept) {
      console.error(
        `threads: ${kept}, as the run in ${folder} was started with, and not ${asked}`,
      );
    }
    Deno.env.set(THREADS, String(kept));
  }
  await setUp();
  const backend = await loadBackend();
  if (kept === null) {
    await writeFileAtomically(path, JSON.stringify({ threads: backend.threads }) + "\n");
  } else if (backend.threads !== kept) {
    throw new InputError(
      `The run in ${folder} was started with ${kept} threads, and TensorFlow is at work with ` +
        `${backend.threads} in this process. Go on with it in a process of its own.`,
    );
  }
  return backend;
}

async function readThreads(path: string): Promise<number | null> {
  const remedy = 'It should hold {"threads": n}, n as the run\'s results say; put that there.';
  return (await readJsonIfThere(path, record, remedy))?.threads ?? null;
}
