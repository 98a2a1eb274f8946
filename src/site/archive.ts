/** The site as one file. */
import { zipSync } from "fflate";

/** The first time that a ZIP file can tell, in whatever zone this runs: the archive tells no other. */
const TIME = new Date(1980, 0, 1);

/**
 * A ZIP archive of `files` (path -> bytes) below `folder`, sorted by path and all of one time, so that equal
 * files give equal bytes.
 */
export function archive(files: Readonly<Record<string, Uint8Array>>, folder: string): Uint8Array {
  const sorted = Object.keys(files).sort().map((path) => [`${folder}/${path}`, files[path]]);
  return zipSync(Object.fromEntries(sorted), { mtime: TIME, level: 9 });
}
