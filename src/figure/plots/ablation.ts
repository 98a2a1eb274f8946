/** `ablation`: what single settings of the hardware do to trained cells, under noisy and HWT after one day. */
import type { SettingEffect, Study } from "../../analyse/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { along, coloured } from "../grammar/axes.ts";
import { type Channel, figure, grid, type View } from "../grammar/figure.ts";
import { fixed, signed } from "../grammar/format.ts";
import { intervals, layer, panel, reference } from "../grammar/marks.ts";
import {
  CONDITION,
  conditionScale,
  HARDWARE_SETTING,
  HARDWARE_VALUE,
  type HardwareSetting,
  metricInText,
} from "../grammar/metrics.ts";
import { MUTED } from "../grammar/theme.ts";

const METRICS: readonly Metric[] = ["noisy@1d", "hwt@1d"];
const HEADLINE: Metric = "hwt@1d";
/** Columns of panels, the first of these that leaves no panel alone in the last row. */
const COLUMNS = [4, 3], SIZE = [122, 88] as const;

const INTERVAL = ["accuracy", "low", "high"] as const;

const names = Object.keys(HARDWARE_SETTING) as HardwareSetting[];

/** The values of one setting, the default's put in its place. */
function settingEffects(
  effects: readonly SettingEffect[],
  name: HardwareSetting,
): readonly SettingEffect[] {
  const { standard } = HARDWARE_SETTING[name];
  const reference = effects.filter(({ setting }) => setting === "default")
    .map((effect) => ({ ...effect, setting: name, value: standard }));
  const own = effects.filter(({ setting }) => setting === name);
  const all = [...reference, ...own];
  return typeof standard === "number" ? all.sort((a, b) => Number(a.value) - Number(b.value)) : all;
}

/** True where no value of the setting moves the headline metric by a tenth of a point. */
const isIdle = (effects: readonly SettingEffect[]) =>
  effects.every(({ metric, change }) => metric !== HEADLINE || Math.abs(change.estimate) < 0.1);

/** The changes that the title names, where they were measured: setting, value, what it is in words. */
const NAMED = [
  ["drift_compensation", "none", "without drift compensation"],
  ["adc_bits", 6, "with 6 ADC bits instead of 8"],
  ["read_noise", 2, "with read noise doubled"],
] as const;

/** What those changes do to the headline metric, in words. */
function finding(effects: readonly SettingEffect[]): string {
  const found = NAMED.flatMap(([setting, value, words]) => {
    const effect = effects.find((e) =>
      e.metric === HEADLINE && e.setting === setting && e.value === value
    );
    return effect === undefined ? [] : [`${signed(effect.change.estimate, 1)} points ${words}`];
  });
  return `${metricInText(HEADLINE)}: ${found.join(", ") || "no change that is named here"}`;
}

/** A value as it stands on the axis. */
const inWords = (
  { value, extrapolated = false }: { value: number | string; extrapolated?: boolean },
) => `${HARDWARE_VALUE[value] ?? value}${extrapolated ? "*" : ""}`;

function settingPanel(
  name: HardwareSetting,
  effects: readonly SettingEffect[],
  domain: readonly [number, number],
): View {
  const { label, standard } = HARDWARE_SETTING[name];
  const values = effects.map(({ mean_pct, change: { estimate, low, high }, ...effect }) => ({
    value: inWords(effect),
    condition: CONDITION[effect.metric === HEADLINE ? "hwt" : "noisy"].label,
    ...{ accuracy: mean_pct, low: mean_pct + low - estimate, high: mean_pct + high - estimate },
  }));
  const x: Channel<"x"> = {
    ...{ field: "value", type: "ordinal", title: null },
    scale: { domain: [...new Set(values.map(({ value }) => value))] },
    axis: { labelAngle: 0, labelFontSize: 9 },
  };
  const y = along("accuracy", domain, { tickCount: 4 });
  const color = coloured("condition", conditionScale(["noisy", "hwt"]), { orient: "top" });
  const title = { fontSize: 10.5, frame: "group", anchor: "start", offset: 4 } as const;
  return panel({ ...title, text: label }, SIZE, [
    reference("x", inWords({ value: standard }), { color: MUTED, strokeDash: [2, 3] }, x),
    layer(values, { type: "line" }, { x, y: y("accuracy"), color }),
    ...intervals(values, { x, y, color }, { clip: true }, { size: 22 }, INTERVAL),
  ]);
}

export function ablation(study: Study) {
  const effects = study.ablation.filter(({ metric }) => METRICS.includes(metric));
  if (effects.length === 0) throw new RangeError("The ablation has no rows: deno task ablate.");
  const cells = Math.max(...effects.map((effect) => effect.cells));
  const bySetting = names.map((name) => ({ name, effects: settingEffects(effects, name) }))
    .filter(({ effects }) => effects.length > METRICS.length);
  const [idle, drawn] = [true, false].map((yes) =>
    bySetting.filter(({ effects }) => isIdle(effects) === yes)
  );
  const top = 10 * Math.ceil(Math.max(...effects.map(({ mean_pct }) => mean_pct)) / 10);
  const label = (name: string) => HARDWARE_SETTING[name as HardwareSetting].label.split(" (")[0];
  const starred = drawn.some(({ effects }) => effects.some((e) => e.extrapolated));
  const order = effects.flatMap(({ metric, tau, ...effect }) =>
    metric !== HEADLINE || tau === null ? [] : [{ ...effect, tau: tau.estimate }]
  ).toSorted((a, b) => a.tau - b.tau).slice(0, 1)
    .map((e) => `${label(e.setting)} ${inWords(e)}, τ = ${fixed(e.tau, 2)} with the default's.`);
  const unmoved = idle.map(({ name }) => label(name)).join(", ");
  return figure({
    numbers: { cells, idle: idle.map(({ name }) => name), effects },
    alt: "Small panels, one a setting of the hardware: mean accuracy after a day against the " +
      "setting's values, noisy and HWT, with intervals and the default as a dashed line.",
    finding: finding(effects),
    reading: [
      `${cells} ${cells === 1 ? "cell" : "cells"} trained once and read out under each setting`,
      `alone, 1,000 test images, 3 programming events. Mean accuracy after 1 day; bars: 95 %`,
      `interval of the change from the default (dashed), cells of one expression together.`,
      ...(starred ? ["*: outside the device's measured conductances."] : []),
      ...(idle.length === 0 ? [] : [`Without effect in the model, not drawn: ${unmoved}.`]),
      ...order.map((most) => `Most changed order of the cells: ${most}`),
    ],
    view: grid(
      COLUMNS.find((columns) => drawn.length % columns !== 1) ?? COLUMNS[0],
      16,
      drawn.map(({ name, effects }) => settingPanel(name, effects, [0, top])),
    ),
  });
}
