/** `deno task manifest`: lists the SHA-256 of every file in data/, or checks that list. */
import { manifestChanges, manifestOf, readManifest, writeManifest } from "../data_manifest.ts";
import { InputError } from "../input_error.ts";
import { command, main } from "./command.ts";

const program = command(
  "manifest",
  "Writes data/manifest.json: the SHA-256 of every file in data/, which loading verifies.",
)
  .option("--check", "compare the list with the files and change nothing")
  .action(async ({ check = false }: { check?: boolean }) => {
    const found = await manifestOf();
    const changes = manifestChanges(await readManifest().catch(() => ({})), found);
    for (const change of changes) console.log(change);
    if (check && changes.length > 0) {
      throw new InputError(
        `${changes.length} files differ from data/manifest.json. Restore them with ` +
          "`git checkout -- data`, or list what is there with: deno task manifest",
      );
    }
    if (!check) await writeManifest(found);
    console.log(`${Object.keys(found).length} files ${check ? "as listed" : "listed"}`);
  });

await main(program);
