/** The explorer's program as one classic script: a browser refuses modules of a page opened from disk. */
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

/** Text of the script. Throws where its source reaches a module of node, which no browser has. */
export async function explorerScript(): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL("../explorer/main.ts", import.meta.url))],
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
    const { text } = outputFiles[0], node = text.match(/"node:\w+"/);
    if (node !== null) {
      throw new Error(`The explorer's script needs ${node[0]}; find who imports it.`);
    }
    return text;
  } finally {
    await stop();
  }
}
