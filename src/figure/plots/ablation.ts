/** `ablation`: what single settings of the hardware do to trained cells, without training anew. */
import type { Study, VariantEffect } from "../../analyse/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { along, coloured } from "../grammar/axes.ts";
import type { Channel, Drawn, View } from "../grammar/figure.ts";
import { fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { intervals, layer, panel, reference } from "../grammar/marks.ts";
import { CONDITION, HARDWARE_SETTING, type HardwareSetting } from "../grammar/metrics.ts";
import { MUTED } from "../grammar/theme.ts";

const METRICS: readonly Metric[] = ["noisy@1d", "hwt@1d"];
const HEADLINE: Metric = "hwt@1d";
const COLUMNS = 4, WIDTH = 122, HEIGHT = 88;

const names = Object.keys(HARDWARE_SETTING) as HardwareSetting[];

/** The values of one setting, the default's put in its place. */
function settingEffects(
  effects: readonly VariantEffect[],
  name: HardwareSetting,
): readonly VariantEffect[] {
  const { standard } = HARDWARE_SETTING[name];
  const reference = effects.filter(({ setting }) => setting === "default")
    .map((effect) => ({ ...effect, setting: name, value: standard }));
  const own = effects.filter(({ setting }) => setting === name);
  const all = [...reference, ...own];
  return typeof standard === "number" ? all.sort((a, b) => Number(a.value) - Number(b.value)) : all;
}

/** Points between the best and the worst value of a setting. */
function reach(effects: readonly VariantEffect[]): number {
  const means = effects.filter(({ metric }) => metric === HEADLINE).map(({ mean_pct }) => mean_pct);
  return Math.max(...means) - Math.min(...means);
}

function settingPanel(
  name: HardwareSetting,
  effects: readonly VariantEffect[],
  domain: readonly [number, number],
): View {
  const { label, standard } = HARDWARE_SETTING[name];
  const values = effects.map(({ value, extrapolated, metric, mean_pct, change, cells }) => ({
    value: extrapolated ? `${value}*` : String(value),
    condition: metric === HEADLINE ? CONDITION.hwt.label : CONDITION.noisy.label,
    accuracy: mean_pct,
    low: mean_pct + change.low - change.estimate,
    high: mean_pct + change.high - change.estimate,
    cells,
  }));
  const x: Channel<"x"> = {
    field: "value",
    type: "ordinal",
    scale: { domain: [...new Set(values.map(({ value }) => value))] },
    title: null,
    axis: { labelAngle: 0, labelFontSize: 9 },
  };
  const y = along("accuracy", domain, { tickCount: 4 });
  const { noisy, hwt } = CONDITION;
  const scale = { domain: [noisy.label, hwt.label], range: [noisy.colour, hwt.colour] };
  const color: Channel<"color"> = {
    ...coloured("condition", scale),
    title: null,
    legend: { orient: "top" },
  };
  const title = { fontSize: 10.5, frame: "group", anchor: "start", offset: 4 } as const;
  return panel({ ...title, text: label }, [WIDTH, HEIGHT], [
    reference("x", String(standard), { color: MUTED, strokeDash: [2, 3] }, x),
    layer(values, { type: "line" }, { x, y: y("accuracy"), color }),
    ...intervals(values, { x, y, color }, { clip: true }, { size: 22 }, [
      "accuracy",
      "low",
      "high",
    ]),
  ]);
}

export function ablation(study: Study): Drawn {
  const effects = study.ablation.filter(({ metric }) => METRICS.includes(metric));
  if (effects.length === 0) throw new RangeError("The ablation has no rows: deno task ablate.");
  const cells = Math.max(...effects.map((effect) => effect.cells));
  const bySetting = names.map((name) => ({ name, effects: settingEffects(effects, name) }))
    .filter(({ effects }) => effects.length > METRICS.length);
  const ordered = bySetting.toSorted((a, b) => reach(b.effects) - reach(a.effects));
  const [first, second] = ordered;
  const idle = ordered.filter(({ effects }) => reach(effects) < 0.1).map(({ name }) =>
    HARDWARE_SETTING[name].label
  );
  const top = Math.ceil(Math.max(...effects.map(({ mean_pct }) => mean_pct)) / 10) * 10;
  const reorders = effects.filter(({ metric, tau }) => metric === HEADLINE && tau !== null)
    .toSorted((a, b) => a.tau!.estimate - b.tau!.estimate)[0];
  const words = (name: HardwareSetting) => HARDWARE_SETTING[name].label.split(" (")[0];
  return {
    numbers: { cells, reach: ordered.map(({ name, effects }) => [name, reach(effects)]), effects },
    spec: {
      title: heading(
        `After 1 day, most depends on ${words(first.name)}: its values span ${
          fixed(reach(first.effects), 0)
        } points of HWT accuracy, ${words(second.name)} ${fixed(reach(second.effects), 0)}`,
        `${cells} ${
          cells === 1 ? "cell" : "cells"
        } trained once and read out under each setting alone, 1,000 test images, 3 ` +
          `programming events. Mean; bars: 95 % bootstrap interval of the change from the default ` +
          `(dashed).` +
          (effects.some(({ extrapolated }) => extrapolated)
            ? " *: outside the device's measured conductances."
            : "") +
          (idle.length === 0 ? "" : ` Without effect in the model: ${idle.join(", ")}.`) +
          (reorders === undefined
            ? ""
            : ` Most changed order of the cells: ${
              words(reorders.setting as HardwareSetting)
            } ${reorders.value}, τ = ${fixed(reorders.tau!.estimate, 2)} with the default's.`),
      ),
      columns: COLUMNS,
      spacing: 16,
      concat: ordered.map(({ name, effects }) => settingPanel(name, effects, [0, top])),
    },
  };
}
