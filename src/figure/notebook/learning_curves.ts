/** Learning curves of training runs, for notebooks: accuracy and loss by epoch. */
import { hasMembers } from "../../arguments.ts";
import type { TopLevelSpec } from "vega-lite";
import { free } from "../grammar/axes.ts";
import { heading } from "../grammar/heading.ts";
import { CONTENT_WIDTH, panelTitle } from "../grammar/theme.ts";

/** What a curve needs of an epoch. */
interface EpochLike {
  readonly epoch: number;
  readonly loss: number;
  readonly train_accuracy_pct: number;
}

/** A run: its name in the legend, its number among those of that name, its epochs. */
export interface Curve {
  readonly name: string;
  readonly seed: number;
  readonly records: readonly EpochLike[];
}

const WIDTH = (CONTENT_WIDTH - 160) / 2;

/**
 * Accuracy on the training images and loss, by epoch; one line a run, one colour a name.
 *
 * @param title what the curves show, in one sentence
 */
export function learningCurves(title: string, curves: readonly Curve[]): TopLevelSpec {
  for (const curve of curves) {
    const remedy = "train.measuredRuns() has runs with records.";
    hasMembers("A curve", curve, ["name", "records"], remedy);
  }
  const values = curves.flatMap(({ name, seed, records }) =>
    records.map(({ epoch, loss, train_accuracy_pct }) => ({
      run: name,
      seed,
      epoch,
      loss,
      train_accuracy_pct,
    }))
  );
  const x = { field: "epoch", type: "quantitative", title: "Epoch", axis: { tickMinStep: 1 } };
  const scale = { range: ["#0072B2", "#D55E00", "#009E73"] };
  const color = { field: "run", type: "nominal", title: null, scale };
  const detail = { field: "seed", type: "nominal" };
  const view = (letter: string, field: "loss" | "train_accuracy_pct", label: string) => ({
    title: panelTitle(letter, label),
    width: WIDTH,
    height: 190,
    mark: { type: "line", point: { size: 18 } },
    encoding: { x, y: { ...free(field, label), axis: { grid: true } }, color, detail },
  });
  return {
    title: heading(
      title,
      "Means over an epoch's training batches, cropped and flipped, taken before each step.",
    ),
    data: { values },
    spacing: 24,
    hconcat: [
      view("a", "train_accuracy_pct", "Training accuracy (%)"),
      view("b", "loss", "Cross entropy"),
    ],
  } as TopLevelSpec;
}
