/** `protocols`: what each oddity of the published script does, one at a time, to the same trained cells. */
import { type VariantEffect, variantEffects } from "../analyse/mod.ts";
import { prng } from "../random.ts";
import { type Metric, metricParts } from "../table/schema.ts";
import type { Channel, Drawn, Sources, View } from "./figure.ts";
import { fixed, signed } from "./format.ts";
import { heading } from "./heading.ts";
import { axisTitle, CONDITION, metricLabel, PROTOCOL_SETTING } from "./metrics.ts";
import { INK, panelTitle } from "./theme.ts";

const METRICS: readonly Metric[] = ["baseline", "ptq", "noisy", "noisy@1d", "hwt", "hwt@1d"];
const WIDTH = 230, ROW = 17;

/** A point a metric and setting, with its interval where `low` and `high` are given. */
function panel(
  letter: string,
  text: string,
  title: string,
  points: readonly {
    setting: string;
    metric: string;
    value: number;
    low?: number;
    high?: number;
  }[],
  withLabels: boolean,
): View {
  const values = [...points];
  const y: Channel<"y"> = {
    field: "metric",
    type: "nominal",
    scale: { domain: METRICS.map(metricLabel) },
    title: null,
    axis: { domain: false, ticks: false, ...(withLabels ? {} : { labels: false }) },
  };
  const yOffset = { field: "setting", type: "nominal" as const };
  const x = (field: string): Channel<"x"> => ({ field, type: "quantitative", title });
  const color: Channel<"color"> = {
    field: "setting",
    type: "nominal",
    scale: {
      domain: Object.values(PROTOCOL_SETTING).map(({ label }) => label),
      range: Object.values(PROTOCOL_SETTING).map(({ colour }) => colour),
    },
    title: null,
    legend: { orient: "bottom", columns: 2, labelLimit: 400 },
  };
  return {
    title: panelTitle(letter, text),
    width: WIDTH,
    height: METRICS.length * ROW * 2,
    layer: [
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: "rule", color: "#DDDDDD" },
        encoding: { x: { field: "zero", type: "quantitative" } },
      },
      {
        data: { values: values.filter(({ low }) => low !== undefined) },
        mark: { type: "rule", color: INK },
        encoding: { x: x("low"), x2: { field: "high" }, y, yOffset, color },
      },
      {
        data: { values },
        mark: { type: "point", size: 40 },
        encoding: { x: x("value"), y, yOffset, color },
      },
    ],
  };
}

export function protocols({ measured, seed }: Sources): Drawn {
  const study = measured?.protocols ?? { rows: [], settings: [] };
  const effects = variantEffects(study, METRICS, prng(seed, "protocols"));
  if (effects.length === 0) {
    throw new RangeError("The protocol study has no rows: deno task ablate.");
  }
  const cells = Math.max(...effects.map((effect) => effect.cells));
  const changed = effects.filter(({ setting }) => setting in PROTOCOL_SETTING);
  const label = ({ setting }: VariantEffect) =>
    PROTOCOL_SETTING[setting as keyof typeof PROTOCOL_SETTING].label;
  const point = (effect: VariantEffect) => ({
    setting: label(effect),
    metric: metricLabel(effect.metric),
  });
  const largest =
    changed.toSorted((a, b) => Math.abs(b.change.estimate) - Math.abs(a.change.estimate))[0];
  const base = new Map(
    effects.filter(({ setting }) => setting === "default").map((e) => [e.metric, e]),
  );
  const spreads = changed.filter(({ metric, sd_pct }) =>
    sd_pct !== null && metricParts(metric).t_inference_s !== null
  ).map((effect) => ({
    ...point(effect),
    value: effect.sd_pct! - base.get(effect.metric)!.sd_pct!,
  }));
  const sd = (setting: string) =>
    effects.find((e) => e.setting === setting && e.metric === "hwt@1d")?.sd_pct;
  const [shared, anew] = [sd("default"), sd("repeatVaries")];
  return {
    numbers: { cells, effects },
    spec: {
      title: heading(
        `Largest effect of one oddity: ${label(largest)} moves ${metricLabel(largest.metric)} of ${
          CONDITION[metricParts(largest.metric).condition].label
        } by ${signed(largest.change.estimate, 1)} points`.replace(
          / of (Baseline|PTQ|QAT|Noisy|HWT) by/,
          " by",
        ),
        `${cells} cells trained under the published protocol, read out with one setting at a time as the ` +
          `corrected protocol has it; 1,000 test images, 3 repeats, 95 % bootstrap intervals over cells.` +
          (shared == null || anew == null
            ? ""
            : ` Programming anew for each repeat takes the SD of HWT after 1 day from ${
              fixed(shared, 2)
            } to ${fixed(anew, 2)} points.`),
      ),
      spacing: 24,
      hconcat: [
        panel(
          "a",
          "Change of accuracy",
          `${axisTitle("accuracy").replace("(%)", "change (pp)")}`,
          changed.map((effect) => ({
            ...point(effect),
            value: effect.change.estimate,
            low: effect.change.low,
            high: effect.change.high,
          })),
          true,
        ),
        panel("b", "Change of the spread over repeats", "SD change (pp)", spreads, false),
      ],
    },
  };
}
