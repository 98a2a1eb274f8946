/** `deno task config`: every setting of a config, or what a config file resolves to. */
import { PRESETS, readPartialConfig, resolveConfig } from "../config.ts";
import { configId } from "../config_id.ts";
import { command, main } from "./command.ts";
import { isIn, noPart, resolvedRows, settingsText } from "./config_text.ts";
import { configPath } from "./experiment.ts";
import { textTable } from "./text_table.ts";

async function run(part: string | undefined, { config: path }: { config?: string }): Promise<void> {
  if (path === undefined) return console.log(settingsText(part));
  const partial = await readPartialConfig(path), config = resolveConfig(partial);
  const rows = resolvedRows(config, partial, path).filter(([name]) =>
    part === undefined || isIn(name, part)
  );
  if (rows.length === 0) throw noPart(part!);
  console.log(textTable(["setting", "value", "from"], rows));
  console.log(`config_id ${configId(config)}`);
}

await main(
  command("config", "Lists every setting of a config, or what a config file resolves to.")
    .argument("[part]", "only these, e.g. hardware or hardware.adc")
    .option(
      "--config <file>",
      `JSON file with any part of a config, or ${Object.keys(PRESETS).join(", ")}`,
      configPath,
    )
    .action(run),
);
