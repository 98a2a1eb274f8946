/** `protocols`: what each oddity of the published script does, one at a time and all together. */
import {
  ALL_ODDITIES,
  type Interval,
  protocolStudy,
  type VariantEffect,
  variantEffects,
} from "../../analyse/mod.ts";
import { prng } from "../../random.ts";
import { type Metric, metricParts } from "../../table/schema.ts";
import type { Channel, Drawn, Sources, View } from "../grammar/figure.ts";
import { fixed, signed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import {
  axisTitle,
  CONDITION,
  metricLabel,
  PROTOCOL_SETTING,
  type ProtocolSetting,
} from "../grammar/metrics.ts";
import { panelTitle } from "../grammar/theme.ts";

/** All metrics of the numbers; one a condition is drawn. */
const METRICS: readonly Metric[] = ["baseline", "ptq", "noisy", "noisy@1d", "hwt", "hwt@1d"];
const DRAWN: readonly Metric[] = ["baseline", "ptq", "noisy@1d", "hwt@1d"];
const WIDTH = 140, ROW = 42;

interface Point {
  readonly setting: string;
  readonly metric: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

const labelOf = (setting: string) => PROTOCOL_SETTING[setting as ProtocolSetting].label;

/** The effect of one setting on something, with its interval where there is one. */
function point({ setting, metric }: VariantEffect, value: number | Interval): Point {
  const place = { setting: labelOf(setting), metric: metricLabel(metric) };
  if (typeof value === "number") return { ...place, value };
  return { ...place, value: value.estimate, low: value.low, high: value.high };
}

/** Points of one panel, a row a setting. */
function panel(
  letter: string,
  text: string,
  xTitle: string,
  points: readonly Point[],
  { settings, labels, reference }: {
    readonly settings: readonly string[];
    readonly labels: boolean;
    /** Where the line of no effect is. */
    readonly reference: number;
  },
): View {
  const values = [...points], metrics = DRAWN.map(metricLabel);
  const y: Channel<"y"> = {
    field: "setting",
    type: "nominal",
    scale: { domain: [...settings] },
    title: null,
    axis: { domain: false, ticks: false, labelLimit: 220, ...(labels ? {} : { labels: false }) },
  };
  const yOffset = { field: "metric", type: "nominal" as const, scale: { domain: metrics } };
  const x = (field: string): Channel<"x"> => ({
    field,
    type: "quantitative",
    title: xTitle,
    axis: { tickCount: 4 },
  });
  const color: Channel<"color"> = {
    field: "metric",
    type: "nominal",
    scale: {
      domain: metrics,
      range: DRAWN.map((metric) => CONDITION[metricParts(metric).condition].colour),
    },
    title: null,
    legend: { orient: "bottom", columns: 4 },
  };
  return {
    title: panelTitle(letter, text),
    width: WIDTH,
    height: settings.length * ROW,
    layer: [
      {
        data: { values: [{ reference }] },
        mark: { type: "rule", color: "#DDDDDD" },
        encoding: { x: { field: "reference", type: "quantitative" } },
      },
      {
        data: { values: values.filter(({ low }) => low !== undefined) },
        mark: { type: "rule" },
        encoding: { x: x("low"), x2: { field: "high" }, y, yOffset, color },
      },
      {
        data: { values },
        mark: { type: "point", size: 34 },
        encoding: { x: x("value"), y, yOffset, color },
      },
    ],
  };
}

/** True where the setting does anything at all to the metric: no read-out is the same. */
const touches = ({ change: { estimate, low, high } }: VariantEffect) =>
  estimate !== 0 || low !== 0 || high !== 0;

/** The largest effect of a single oddity, in words: of those clear of 0 where there is one. */
function finding(single: readonly VariantEffect[]): string {
  const clear = single.filter(({ change }) => change.low > 0 || change.high < 0);
  const [largest] = (clear.length > 0 ? clear : single)
    .toSorted((a, b) => Math.abs(b.change.estimate) - Math.abs(a.change.estimate));
  const effect = `${metricLabel(largest.metric)} ${signed(largest.change.estimate, 1)} points`;
  const order = largest.tau === null ? "" : ` (order of the cells: τ = ${fixed(largest.tau, 2)})`;
  return `Largest effect of a single oddity: ${effect} with ${labelOf(largest.setting)}${order}`;
}

export function protocols({ measured, seed }: Sources): Drawn {
  const study = measured?.protocols ?? { rows: [], settings: [], untested: [] };
  const random = prng(seed, "protocols");
  const effects = variantEffects(study, METRICS, random);
  if (effects.length === 0) {
    throw new RangeError("The protocol study has no rows: deno task ablate.");
  }
  const single = effects.filter(({ setting }) => setting in PROTOCOL_SETTING);
  const whole = variantEffects(protocolStudy(measured?.replication ?? []), METRICS, random)
    .filter(({ setting }) => setting === ALL_ODDITIES);
  const drawn = [...single, ...whole].filter((e) => DRAWN.includes(e.metric) && touches(e));
  const settings = Object.keys(PROTOCOL_SETTING)
    .filter((name) => drawn.some(({ setting }) => setting === name)).map(labelOf);
  const counts = [...new Set(single.map(({ cells }) => cells))].sort((a, b) => b - a);
  const repeats = Math.max(...study.rows.map((row) => row.repeats));
  const sd = (setting: string) =>
    effects.find((e) => e.setting === setting && e.metric === "hwt@1d")?.sd_pct;
  const [shared, anew] = [sd("default"), sd("repeatVaries")];
  const view = (labels: boolean, reference: number) => ({ settings, labels, reference });
  return {
    numbers: { cells: counts[0], effects: [...effects, ...whole], untested: study.untested },
    spec: {
      title: heading(
        finding(drawn.filter(({ setting }) => setting !== ALL_ODDITIES)),
        `${
          counts.join(" or ")
        } cells trained under the published protocol, one setting at a time as the ` +
          `corrected protocol has it; what a setting touches is trained anew. 1,000 test images, ${repeats} repeats` +
          (whole.length === 0
            ? ""
            : `; all together: ${whole[0].cells} cells of the replication under both protocols`) +
          `. 95 % bootstrap intervals over cells; without a point: not touched. c: Kendall τ-b with the ` +
          `order before (1: the same).` +
          (shared == null || anew == null
            ? ""
            : ` Programming anew for each repeat takes the SD of HWT after 1 day from ${
              fixed(shared, 2)
            } to ${fixed(anew, 2)} points.`) +
          study.untested.map(({ setting, reason }) => ` Not here: ${labelOf(setting)} (${reason}).`)
            .join(""),
      ),
      spacing: 18,
      hconcat: [
        panel(
          "a",
          "Accuracy",
          axisTitle("accuracy").replace("(%)", "change (pp)"),
          drawn.map((effect) => point(effect, effect.change)),
          view(true, 0),
        ),
        panel(
          "b",
          "Spread over repeats",
          "SD change (pp)",
          drawn.flatMap((effect) => effect.sdChange === null ? [] : point(effect, effect.sdChange)),
          view(false, 0),
        ),
        panel(
          "c",
          "Order of the cells",
          axisTitle("kendall"),
          drawn.flatMap((effect) => effect.tau === null ? [] : point(effect, effect.tau)),
          view(false, 1),
        ),
      ],
    },
  };
}
