/** `ablation`: what single settings of the hardware do to trained cells, without training anew. */
import type { Study, VariantEffect } from "../../analyse/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { along, coloured } from "../grammar/axes.ts";
import type { Channel, Drawn, View } from "../grammar/figure.ts";
import { fixed, signed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { intervals, layer, panel, reference } from "../grammar/marks.ts";
import {
  CONDITION,
  HARDWARE_SETTING,
  HARDWARE_VALUE,
  type HardwareSetting,
  metricInText,
} from "../grammar/metrics.ts";
import { MUTED } from "../grammar/theme.ts";

const METRICS: readonly Metric[] = ["noisy@1d", "hwt@1d"];
const HEADLINE: Metric = "hwt@1d";
/** Columns of panels, the first of these that leaves no panel alone in the last row. */
const COLUMNS = [4, 3], WIDTH = 122, HEIGHT = 88;

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

/** True where no value of the setting moves the headline metric by a tenth of a point. */
const isIdle = (effects: readonly VariantEffect[]) =>
  effects.every(({ metric, change }) => metric !== HEADLINE || Math.abs(change.estimate) < 0.1);

/** The changes that the title names, where they were measured: setting, value, what it is in words. */
const NAMED = [
  ["drift_compensation", "none", "without drift compensation"],
  ["adc_bits", 6, "with 6 ADC bits instead of 8"],
  ["read_noise", 2, "with read noise doubled"],
] as const;

/** What those changes do to the headline metric, in words. */
function finding(effects: readonly VariantEffect[]): string {
  const found = NAMED.flatMap(([setting, value, words]) => {
    const effect = effects.find((e) =>
      e.metric === HEADLINE && e.setting === setting && e.value === value
    );
    return effect === undefined ? [] : [`${signed(effect.change.estimate, 1)} points ${words}`];
  });
  return `${metricInText(HEADLINE)}: ${found.join(", ")}`;
}

/** A value as it stands on the axis. */
const inWords = (
  { value, extrapolated = false }: { value: number | string; extrapolated?: boolean },
) => `${HARDWARE_VALUE[value] ?? value}${extrapolated ? "*" : ""}`;

function settingPanel(
  name: HardwareSetting,
  effects: readonly VariantEffect[],
  domain: readonly [number, number],
): View {
  const { label, standard } = HARDWARE_SETTING[name];
  const values = effects.map(({ value, extrapolated, metric, mean_pct, change, cells }) => ({
    value: inWords({ value, extrapolated }),
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
    reference("x", inWords({ value: standard }), { color: MUTED, strokeDash: [2, 3] }, x),
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
  const [idle, drawn] = [true, false].map((yes) =>
    bySetting.filter(({ effects }) => isIdle(effects) === yes)
  );
  const top = Math.ceil(Math.max(...effects.map(({ mean_pct }) => mean_pct)) / 10) * 10;
  const reorders = effects.filter(({ metric, tau }) => metric === HEADLINE && tau !== null)
    .toSorted((a, b) => a.tau!.estimate - b.tau!.estimate)[0];
  const label = (name: string) => HARDWARE_SETTING[name as HardwareSetting].label.split(" (")[0];
  const extrapolated = drawn.some(({ effects }) => effects.some((e) => e.extrapolated));
  const changed = reorders?.tau &&
    `${label(reorders.setting)} ${inWords(reorders)}, τ = ${fixed(reorders.tau.estimate, 2)}`;
  return {
    numbers: { cells, idle: idle.map(({ name }) => name), effects },
    alt: "Small panels, one a setting of the hardware: mean accuracy after a day against the " +
      "setting's values, noisy and HWT, with intervals and the default as a dashed line.",
    spec: {
      title: heading(
        finding(effects),
        `${cells} ${cells === 1 ? "cell" : "cells"} trained once and read out under each setting`,
        `alone, 1,000 test images, 3 programming events. Mean accuracy after 1 day; bars: 95 %`,
        `bootstrap interval of the change from the default (dashed).`,
        ...(extrapolated ? ["*: outside the device's measured conductances."] : []),
        ...(idle.length === 0 ? [] : [
          `Without effect in the model, not drawn: ${idle.map((s) => label(s.name)).join(", ")}.`,
        ]),
        ...(changed ? [`Most changed order of the cells: ${changed} with the default's.`] : []),
      ),
      columns: COLUMNS.find((columns) => drawn.length % columns !== 1) ?? COLUMNS[0],
      spacing: 16,
      concat: drawn.map(({ name, effects }) => settingPanel(name, effects, [0, top])),
    },
  };
}
