/**
 * The SHA-256 of every file in data/, in data/manifest.json: one altered byte in a table, a plan or a weight
 * file is found when it is loaded, not read as other data. Files that no one listed yet, such as those of a
 * study that is running, are read as they are; what this workspace writes into data/ is listed at once.
 */
import { isAbsolute, join, relative, resolve } from "node:path";
import { z } from "zod";
import { sha256 } from "./checksum.ts";
import { InputError } from "./input_error.ts";
import { withLock } from "./lock.ts";
import { parseJson } from "./parse_json.ts";

/** The folder of committed data. */
export const DATA_FOLDER = join(import.meta.dirname!, "../data");
const NAME = "manifest.json";

/** SHA-256 in hexadecimal by path below the folder, with forward slashes, in the order of the paths. */
export type Manifest = Readonly<Record<string, string>>;

// Read with every file, so its entries are not checked one by one: one that is no checksum fits no file.
const schema = z.custom<Manifest>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "no list of checksums",
);
const RESTORE =
  "Restore it with `git checkout -- data`; after a change that is meant: deno task manifest";

/** Reads the manifest of `folder`. Throws InputError where it is missing or damaged. */
export async function readManifest(folder: string = DATA_FOLDER): Promise<Manifest> {
  const path = join(folder, NAME);
  const text = await Deno.readTextFile(path).catch((error) => {
    throw new InputError(`Cannot read ${path}: ${error.message}. ${RESTORE}`);
  });
  return parseJson(text, path, schema, RESTORE);
}

/** Name of `path` in the manifest of `folder`; null for a file elsewhere or one still being written. */
function listedName(path: string, folder: string): string | null {
  const name = relative(resolve(folder), resolve(path));
  return name === "" || name.startsWith("..") || isAbsolute(name) || !isData(name)
    ? null
    : name.replaceAll("\\", "/");
}

/** True for what belongs into a manifest: no description, no hidden, locked or unfinished file. */
const isData = (name: string) =>
  name !== NAME && !/(^|[\\/])\.|(^|[\\/])README\.md$|\.part$|\.part\.\w+$|\.lock$/.test(name);

/**
 * Throws InputError where `bytes`, read from `path` in `folder`, are not what its manifest lists. Every
 * byte is hashed each time: 14 MB of search histories take about a twentieth of a second.
 */
export async function expectListed(
  bytes: Uint8Array,
  path: string,
  folder: string = DATA_FOLDER,
): Promise<void> {
  const name = listedName(path, folder);
  if (name === null) return;
  const expected = (await readManifest(folder))[name];
  if (expected === undefined || sha256(bytes) === expected) return;
  throw new InputError(
    `${path} was altered or cut: its SHA-256 is not the one in data/${NAME}. ${RESTORE}`,
  );
}

/** Lists `bytes`, just written to `path`, where that is in `folder` and `folder` has a manifest. */
export async function listWritten(
  path: string,
  bytes: Uint8Array,
  folder: string = DATA_FOLDER,
): Promise<void> {
  const name = listedName(path, folder), manifest = join(folder, NAME);
  if (name === null) return;
  await withLock(`${manifest}.lock`, async () => {
    await writeManifest({ ...await readManifest(folder), [name]: sha256(bytes) }, folder);
  });
}

/** The manifest of the files that are in `folder` now. */
export async function manifestOf(folder: string = DATA_FOLDER): Promise<Manifest> {
  const entries: [string, string][] = [];
  const walk = async (below: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(join(folder, below))) {
      const path = below === "" ? name : `${below}/${name}`;
      if (isDirectory && !name.startsWith(".")) await walk(path);
      else if (!isDirectory && isData(path)) {
        entries.push([path, sha256(await Deno.readFile(join(folder, path)))]);
      }
    }
  };
  await walk("");
  return Object.fromEntries(entries);
}

/** Writes `manifest` into `folder` as a whole, its paths sorted. */
export async function writeManifest(
  manifest: Manifest,
  folder: string = DATA_FOLDER,
): Promise<void> {
  const sorted = Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1));
  const path = join(folder, NAME), beside = `${path}.part`;
  await Deno.writeTextFile(beside, JSON.stringify(Object.fromEntries(sorted), null, 1) + "\n");
  await Deno.rename(beside, path);
}

/** What differs between two manifests, a line each, in the order of the paths. */
export function manifestChanges(listed: Manifest, found: Manifest): string[] {
  const names = [...new Set([...Object.keys(listed), ...Object.keys(found)])].sort();
  return names.flatMap((name) => {
    if (!(name in listed)) return [`not listed: ${name}`];
    if (!(name in found)) return [`missing: ${name}`];
    return listed[name] === found[name] ? [] : [`altered: ${name}`];
  });
}
