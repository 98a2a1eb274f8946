import type { StoredLaw } from "../../analyse/mod.ts";
import { memoryPanel } from "../plots/memories.ts";
import { chart, type Displayable } from "./chart.ts";

/** What one memory does to a conductance: programming error, drift and read noise, as a notebook output. */
export function memoryChart(law: StoredLaw): Displayable {
  return chart({ ...memoryPanel(law, ""), width: 340, height: 190 } as Parameters<typeof chart>[0]);
}
