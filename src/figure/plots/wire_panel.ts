/** Panel of `simulators`: what the resistance of wires costs. */
import type { WireLoss } from "../../analyse/mod.ts";
import { coloured, free, names } from "../grammar/axes.ts";
import type { View } from "../grammar/figure.ts";
import { dots, panel, reference, spans } from "../grammar/marks.ts";
import { shortMemory } from "../grammar/memories.ts";
import { CONDITION, conditionScale } from "../grammar/metrics.ts";
import { panelTitle } from "../grammar/theme.ts";
import { ROW, yOffset } from "./simulator_panels.ts";

const WIDTH = 520;

/** Points lost to wires, a row a resistance. */
export function wirePanel(letter: string, losses: readonly WireLoss[]): View {
  const values = losses.map(({ condition, wire_ohm, loss }) => ({
    wire: `${wire_ohm} Ω`,
    condition: CONDITION[condition].label,
    ...loss,
  }));
  const rows = [...new Set(values.map(({ wire }) => wire))];
  const x = (field: string) => free(field, "Accuracy lost (points)", { grid: true });
  const y = names("wire", rows, { labelFontSize: 9.5 });
  const color = coloured("condition", conditionScale(["noisy", "hwt"]));
  return panel(panelTitle(letter, "What do wires cost?"), [WIDTH, ROW * rows.length], [
    reference("x", 0, { color: "#DDDDDD" }),
    spans(values, { x, y, yOffset, color }, { strokeWidth: 1.3 }),
    dots(values, { x, y, yOffset, color }, { size: 26 }),
  ]);
}

/** What is said of the panel, line by line; nothing where there is none. */
export function wireWords(letter: string, losses: readonly WireLoss[]): string[] {
  if (losses.length === 0) return [];
  const [{ device, events }] = losses, cells = Math.max(...losses.map((loss) => loss.cells));
  return [
    `${letter}: ${
      shortMemory(device)
    } with resistance in every wire between neighbouring cells, against the`,
    `same ${events} programming events without; ${cells} cells, evenly spaced by their published rank.`,
  ];
}
