/**
 * `linear_paths`: who collapses, what two linear paths cost at equal operations, why, and who can foresee it.
 *
 * The outcomes are `PATH_OUTCOMES`, whose collapse it is about.
 */
import type { Study } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import { below, beside, figure } from "../grammar/figure.ts";
import { fixed, intervalText } from "../grammar/format.ts";
import { contrastPanel, inputPanel, predictorPanel, sharePanel } from "./linear_path_panels.ts";

export function linearPaths(study: Study) {
  const { linearPathGroups: groups, linearPathContrast: contrast, collapse, predictorGains } =
    study;
  if (collapse === null) {
    throw new RangeError(
      "No pair of cells is measured: deno task plan collapse, deno task collapse.",
    );
  }
  const two = groups.find(({ linear_paths }) => linear_paths === 2)!;
  const fewer = groups.filter(({ linear_paths }) => linear_paths < 2);
  const most = Math.max(...fewer.map(({ collapsed }) => collapsed.estimate));
  const noisy = contrast.find(({ outcome }) => outcome === "noisy")!;
  const { clipped, kept, pairs } = collapse;
  const percent = (share: number, digits = 0) => `${fixed(100 * share, digits)} %`;
  const cells = collapse.cells.map(({ cell_index, ...cell }) => ({
    cell: cellText(cellAt(cell_index)),
    ...cell,
  }));
  return figure({
    numbers: { groups, contrast, predictorGains, collapse: { ...collapse, cells } },
    alt:
      "Four panels: the share of able cells that collapse by number of linear paths; differences " +
      "of six outcomes between two or more and fewer; the size of what reaches each layer of trained " +
      "cells, far above the input range for two linear paths; and rank agreement of forests on unseen " +
      "cells, higher with linear paths.",
    finding:
      `${percent(two.collapsed.estimate)} of able cells with two linear paths collapse under ` +
      `noise, at most ${percent(most, 1)} of those with fewer: ` +
      `their signal outgrows the fixed input range`,
    reading: [
      `Exploratory. A linear path joins input and output by skips and poolings alone. a: cells above`,
      `88 % on the baseline, share left with 15 % or less (cells in brackets). b: mean over strata of`,
      `equal live operations, noisy ${intervalText(noisy.mean)} points. c: ${pairs} pairs of`,
      `cells alike in operations and baseline, trained here; root mean square of each layer's input,`,
      `two linear paths in orange, one in blue. The most clipped layer loses`,
      `${percent(clipped.two.estimate)} of its non-zero inputs against`,
      `${percent(clipped.one.estimate)}; of their accuracy above chance cells with two paths`,
      `keep ${percent(kept.two.fixed.estimate)}, with calibrated ranges`,
      `${percent(kept.two.calibrated.estimate)}. d: mean over 20 seeds, no copy of a training`,
      `cell judged. Lines: 95 % intervals (a, b: bootstrap over clusters; d: Student's t).`,
    ],
    view: beside(
      18,
      below(14, sharePanel(groups), contrastPanel(study)),
      below(14, inputPanel(collapse), predictorPanel(study)),
    ),
  });
}
