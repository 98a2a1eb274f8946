/** `protocols`: what each oddity of the published script does, one at a time and all together. */
import { ALL_ODDITIES, type Interval, type Study, type VariantEffect } from "../../analyse/mod.ts";
import { type Metric, metricParts } from "../../table/schema.ts";
import { coloured, names } from "../grammar/axes.ts";
import type { Channel, Drawn, View } from "../grammar/figure.ts";
import { fixed, signed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { dots, panel, reference, spans } from "../grammar/marks.ts";
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

const labelOf = (setting: string) => PROTOCOL_SETTING[setting as ProtocolSetting].label;

/** Effects on something, a row a setting, with their intervals where there are some. */
function effectPanel(
  letter: string,
  text: string,
  xTitle: string,
  effects: readonly VariantEffect[],
  settings: readonly string[],
  pick: (effect: VariantEffect) => number | Interval | null,
): View {
  const points = effects.flatMap((effect) => {
    const value = pick(effect), { setting, metric } = effect;
    if (value === null) return [];
    const interval = typeof value === "number" ? { value } : { ...value, value: value.estimate };
    return [{ setting: labelOf(setting), metric: metricLabel(metric), ...interval }];
  });
  const metrics = DRAWN.map(metricLabel);
  const labels = letter === "a" ? {} : { labels: false };
  const y = names("setting", settings, { labelLimit: 220, ...labels });
  const yOffset: Channel<"yOffset"> = {
    field: "metric",
    type: "nominal",
    scale: { domain: metrics },
  };
  const x = (field: string): Channel<"x"> => ({
    field,
    type: "quantitative",
    title: xTitle,
    axis: { tickCount: 4 },
  });
  const range = DRAWN.map((metric) => CONDITION[metricParts(metric).condition].colour);
  const color: Channel<"color"> = {
    ...coloured("metric", { domain: metrics, range }),
    title: null,
    legend: { orient: "bottom", columns: 4 },
  };
  const at = { x, y, yOffset, color };
  return panel(panelTitle(letter, text), [WIDTH, settings.length * ROW], [
    reference("x", letter === "c" ? 1 : 0, { color: "#DDDDDD" }),
    spans(points.filter((point) => "low" in point), at),
    dots(points, at, { size: 34 }, "value"),
  ]);
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

export function protocols({ measured, protocols, wholeProtocol }: Study): Drawn {
  const study = measured.protocols, kept = ({ metric }: VariantEffect) => METRICS.includes(metric);
  const effects = protocols.filter(kept);
  if (effects.length === 0) {
    throw new RangeError("The protocol study has no rows: deno task ablate.");
  }
  const single = effects.filter(({ setting }) => setting in PROTOCOL_SETTING);
  const whole = wholeProtocol.filter((e) => kept(e) && e.setting === ALL_ODDITIES);
  const drawn = [...single, ...whole].filter((e) => DRAWN.includes(e.metric) && touches(e));
  const settings = Object.keys(PROTOCOL_SETTING)
    .filter((name) => drawn.some(({ setting }) => setting === name)).map(labelOf);
  const counts = [...new Set(single.map(({ cells }) => cells))].sort((a, b) => b - a);
  const repeats = Math.max(...study.rows.map((row) => row.repeats));
  const sd = (setting: string) =>
    effects.find((e) => e.setting === setting && e.metric === "hwt@1d")?.sd_pct;
  const [shared, anew] = [sd("default"), sd("repeatVaries")];
  const all = whole.length === 0
    ? ""
    : `; all together: ${whole[0].cells} cells of the replication under both protocols`;
  const spread = shared == null || anew == null ? [] : [
    `Programming anew for each repeat takes the SD of HWT after 1 day from ${
      fixed(shared, 2)
    } to ` +
    `${fixed(anew, 2)} points.`,
  ];
  return {
    numbers: { cells: counts[0], effects: [...effects, ...whole], untested: study.untested },
    spec: {
      title: heading(
        finding(drawn.filter(({ setting }) => setting !== ALL_ODDITIES)),
        `${
          counts.join(" or ")
        } cells trained under the published protocol, one setting at a time as`,
        `the corrected protocol has it; what a setting touches is trained anew. 1,000 test images,`,
        `${repeats} repeats${all}. 95 % bootstrap intervals over cells; without a point: not touched.`,
        `c: Kendall τ-b with the order before (1: the same).`,
        ...spread,
        ...study.untested.map(({ setting, reason }) =>
          `Not here: ${labelOf(setting)} (${reason}).`
        ),
      ),
      spacing: 18,
      hconcat: [
        effectPanel("a", "Accuracy", "Accuracy change (pp)", drawn, settings, (e) => e.change),
        effectPanel(
          "b",
          "Spread over repeats",
          "SD change (pp)",
          drawn,
          settings,
          (e) => e.sdChange,
        ),
        effectPanel("c", "Order of the cells", axisTitle("kendall"), drawn, settings, (e) => e.tau),
      ],
    },
  };
}
