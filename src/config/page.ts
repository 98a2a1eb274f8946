/** The page of all settings, docs/settings.md. */
import { configParts, type Part } from "./settings.ts";

const HEAD = `<!-- Made by \`deno task readme\` from src/config/; edit the settings there. -->

# Settings

A config is JSON with any part of what stands here; what it leaves out is completed with the
defaults, at every depth: \`{ "hardware": { "adc": { "bits": 6 } } }\` is a whole config. Commands take
it with \`--config FILE\`, notebooks with \`config.resolveConfig({ ... })\`. \`deno task config\` prints
this list, \`deno task config --config FILE\` what a file resolves to. A config's id, a column of every
measured row, is a hash of the whole.
`;

/** Markdown with a table for each part of a config. */
export const settingsPage = (): string => [HEAD, ...configParts().map(section)].join("\n");

function section({ name: part, description, settings }: Part): string {
  const counts = Map.groupBy(settings, ({ source }) => source);
  const [[shared]] = [...counts].sort(([, a], [, b]) => b.length - a.length);
  const rows = settings.map(({ name, defaultText, unit, range, description, source }) => {
    const from = source === shared ? "" : ` Source: ${source}.`;
    return [`\`${name}\``, defaultText.replace(/^"(.*)"$/, "$1"), unit, range, description + from];
  });
  const head = ["setting", "default", "unit", "range", "what it is"];
  const lines = [head, head.map(() => "---"), ...rows].map((cells) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`
  );
  return `## ${part}\n\n${description} Source of the defaults: ${shared}.\n\n${lines.join("\n")}\n`;
}
