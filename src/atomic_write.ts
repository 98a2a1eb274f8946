import { dirname } from "node:path";
import { listWritten } from "./data_manifest.ts";
import { InputError } from "./input_error.ts";

/**
 * Writes `data` beside `path` and renames it into place, so that a reader sees the old file or the new
 * one and never half of either. Makes missing folders; lists a file of data/ in its manifest. Throws InputError where writing is not possible.
 */
export async function writeFileAtomically(path: string, data: string | Uint8Array): Promise<void> {
  const beside = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(beside, bytes);
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `Cannot write ${path}: ${reason}. Check the permissions and the free space of its folder.`,
    );
  }
  await listWritten(path, bytes);
}
