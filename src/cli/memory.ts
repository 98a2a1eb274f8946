/**
 * Remembers what is made from what: a product is current while the files that it was made from and the files
 * that it consists of have the contents that they had. Contents count, not times: a fresh clone of what was
 * made before is current.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { moduleGraph } from "./module_graph.ts";

/** Something generated, and what it follows from. */
export interface Product {
  /** Files that it consists of. */
  readonly makes: readonly string[];
  /** Modules of the program that makes it; what they import belongs to it. */
  readonly code: readonly string[];
  /** Modules whose imports do not: a registry of which the program uses one entry. */
  readonly leaves?: readonly string[];
  /** Files and folders that the program reads; the product's own files in them do not count. */
  readonly reads: readonly string[];
}

/** Whether products are current. */
export interface Memory {
  isCurrent(product: Product): Promise<boolean>;
  /** Runs `make`, then notes that the product follows from what was there before. */
  made(products: readonly Product[], make: () => Promise<void>): Promise<void>;
}

/** Versions of all libraries, and how they are found. */
const ALWAYS = ["deno.json", "deno.lock"];

/** The memory kept in `folder` for the workspace at `root`. */
export function openMemory(folder: string, root = "."): Memory {
  const hashes = new Map<string, Promise<string>>();
  const hashOf = (path: string) => {
    const hash = hashes.get(path) ?? fileHash(join(root, path));
    hashes.set(path, hash);
    return hash;
  };
  const listed = async (paths: readonly string[]) =>
    JSON.stringify(await Promise.all(paths.map(async (path) => [path, await hashOf(path)])));
  const mark = async ({ makes, code, leaves, reads }: Product) => {
    const files = (await Promise.all([...ALWAYS, ...reads].map((path) => filesIn(path, root))))
      .flat();
    const inputs = files.filter((path) => !makes.includes(path));
    const modules = await moduleGraph(code, leaves, root);
    const platform = [Deno.version.deno, Deno.build.target, makes];
    return join(folder, sha256(JSON.stringify([platform, await listed([...inputs, ...modules])])));
  };
  return {
    async isCurrent(product) {
      const seen = await Deno.readTextFile(await mark(product)).catch(() => null);
      return seen !== null && seen === sha256(await listed(product.makes));
    },
    async made(products, make) {
      const marks = await Promise.all(products.map(mark));
      await make();
      for (const [i, { makes }] of products.entries()) {
        makes.forEach((path) => hashes.delete(path));
        await writeFileAtomically(marks[i], sha256(await listed(makes)));
      }
    },
  };
}

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");

const fileHash = (path: string) => Deno.readFile(path).then(sha256, () => "missing");

/** The file `path` or all files below it, sorted; hidden files and locks are passed over. */
async function filesIn(path: string, root: string): Promise<string[]> {
  const info = await Deno.stat(join(root, path)).catch(() => null);
  if (!info?.isDirectory) return [path];
  const names = (await Array.fromAsync(Deno.readDir(join(root, path)))).map(({ name }) => name)
    .filter((name) => !/^\.|\.(lock|part)$|^__pycache__$/.test(name)).sort();
  return (await Promise.all(names.map((name) => filesIn(join(path, name), root)))).flat();
}
