import type { StoredLaw } from "../../analyse/mod.ts";
import { shown } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import { memoryPanel } from "../plots/memories.ts";
import { chart, type Displayable } from "./chart.ts";

/**
 * What one memory does to a conductance: programming error, drift and read noise, as a notebook output. Throws
 * InputError for what is no law of `study.laws`.
 */
export function memoryChart(law: StoredLaw): Displayable {
  if (typeof law !== "object" || !Array.isArray(law?.curves)) {
    throw new InputError(
      `A memory is shown by its law, not by ${shown(law)}. ` +
        'Find it: study.laws.find(({ device }) => device === "pcm").',
    );
  }
  return chart({ ...memoryPanel(law, ""), width: 340, height: 190 } as Parameters<typeof chart>[0]);
}
