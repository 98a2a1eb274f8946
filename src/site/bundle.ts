/** A page's program as one classic script: a browser refuses modules of a page opened from disk. */
import { build, type Plugin, stop } from "esbuild";
import { fileURLToPath } from "node:url";

/**
 * Modules of node are left out where nothing of them is used: seeded sampling, a part of the space, hashes with
 * node:crypto, and the page draws no sample.
 */
const WITHOUT_NODE: Plugin = {
  name: "without node",
  setup(bundler) {
    bundler.onResolve({ filter: /^node:/ }, ({ path }) => ({
      path,
      external: true,
      sideEffects: false,
    }));
  },
};

/** Programs of pages, by the page's name. */
const PROGRAMS = {
  explorer: "main.ts",
  networks: "networks_main.ts",
  searches: "searches_main.ts",
} as const;

/** Text of each page's script. Throws where its source reaches a module of node, which no browser has. */
export async function pageScripts(): Promise<Readonly<Record<keyof typeof PROGRAMS, string>>> {
  const path = (name: string) => fileURLToPath(new URL(`../explorer/${name}`, import.meta.url));
  try {
    const { outputFiles } = await build({
      entryPoints: Object.entries(PROGRAMS).map(([out, name]) => ({ in: path(name), out })),
      outdir: ".",
      absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
      bundle: true,
      format: "iife",
      platform: "browser",
      target: "es2023",
      charset: "utf8",
      minify: true,
      legalComments: "inline",
      write: false,
      plugins: [WITHOUT_NODE],
    });
    const node = outputFiles.map(({ text }) => text.match(/"node:\w+"/)).find((m) => m !== null);
    if (node) throw new Error(`A page's script needs ${node[0]}; find who imports it.`);
    return Object.fromEntries(
      Object.keys(PROGRAMS).map((name) => [
        name,
        outputFiles.find(({ path }) => path.endsWith(`/${name}.js`))!.text,
      ]),
    ) as Record<keyof typeof PROGRAMS, string>;
  } finally {
    await stop();
  }
}
