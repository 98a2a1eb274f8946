/** `protocols`: what each oddity of the published script does to the metrics that it can touch. */
import { ALL_ODDITIES, type SettingEffect, type Study } from "../../analyse/mod.ts";
import { type Metric, metricParts } from "../../table/schema.ts";
import { along, coloured, free, names } from "../grammar/axes.ts";
import { beside, type Channel, figure, type View } from "../grammar/figure.ts";
import { fixed, interval, signed } from "../grammar/format.ts";
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
/** What is drawn of an effect, with the title of its axis. */
const PANELS = [
  { title: "Accuracy", axis: "Accuracy change (pp)", pick: (e: SettingEffect) => e.change },
  { title: "Spread over repeats", axis: "SD change (pp)", pick: (e: SettingEffect) => e.sdChange },
  { title: "Order of the cells", axis: axisTitle("kendall"), pick: (e: SettingEffect) => e.tau },
];

const labelOf = (setting: string) => PROTOCOL_SETTING[setting as ProtocolSetting].label;

/** Panel `k`, a row a setting, with intervals where there are enough cells. */
function effectPanel(
  k: number,
  effects: readonly SettingEffect[],
  settings: readonly string[],
): View {
  const { title, axis, pick } = PANELS[k], first = k === 0, order = k === PANELS.length - 1;
  const rows = effects.flatMap((effect) => {
    const interval = pick(effect), { setting, metric } = effect;
    const place = { setting: labelOf(setting), metric: metricLabel(metric) };
    return interval === null ? [] : [{ ...place, ...interval }];
  });
  const domain = DRAWN.map(metricLabel);
  const range = DRAWN.map((metric) => CONDITION[metricParts(metric).condition].colour);
  const y = names("setting", settings, { labelLimit: 220, ...(first ? {} : { labels: false }) });
  const yOffset: Channel<"yOffset"> = { field: "metric", type: "nominal", scale: { domain } };
  const x = (field: string) =>
    order ? along("kendall", [-1, 1])(field) : { ...free(field, axis), scale: {} };
  const color = coloured("metric", { domain, range }, { orient: "bottom", columns: 4 });
  return panel(panelTitle("abc"[k], title), [WIDTH, settings.length * ROW], [
    reference("x", order ? 1 : 0, { color: "#DDDDDD" }),
    spans(rows.filter(({ low, high }) => !order || high - low < 2), { x, y, yOffset, color }),
    dots(rows, { x, y, yOffset, color }, { size: 34 }),
  ]);
}

/** True where the setting does anything at all to the metric: no read-out is the same. */
const touches = ({ change: { estimate, low, high } }: SettingEffect) =>
  estimate !== 0 || low !== 0 || high !== 0;

/** Points and interval of an effect, and with which setting, in words. */
function inWords({ metric, setting, change }: SettingEffect): string {
  const bounds = interval(change.low, change.high, 1);
  return `${metricLabel(metric)} ${signed(change.estimate, 1)} points (${bounds}) with ` +
    labelOf(setting);
}

/** The largest effect that is drawn of a single oddity, and of those clear of 0 where it is not. */
function finding(single: readonly SettingEffect[]): string {
  const [largest, ...others] = single
    .toSorted((a, b) => Math.abs(b.change.estimate) - Math.abs(a.change.estimate));
  const clear = ({ change }: SettingEffect) => change.low > 0 || change.high < 0;
  const sure = others.find(clear);
  const next = sure === undefined ? "none is clear of 0" : `largest clear of 0: ${inWords(sure)}`;
  return `Largest effect of a single oddity: ${inWords(largest)}` +
    (clear(largest) ? "" : `; ${next}`);
}

export function protocols({ measured, protocols, wholeProtocol }: Study) {
  const study = measured.protocols, kept = ({ metric }: SettingEffect) => METRICS.includes(metric);
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
  const [shared, again] = [sd("default"), sd("repeatVaries")];
  const all = whole.length === 0
    ? ""
    : `; all together: ${whole[0].cells} cells of the replication under both protocols`;
  const spread = shared == null || again == null ? [] : [
    `Programming again for each repeat takes the SD of HWT after 1 day from`,
    `${fixed(shared, 2)} to ${fixed(again, 2)} points.`,
  ];
  return figure({
    numbers: { cells: counts[0], effects: [...effects, ...whole], untested: study.untested },
    alt: "Three columns of dots with intervals, a row for each oddity of the published protocol " +
      "undone: change of accuracy, change of the spread over repeats, agreement of the cells' " +
      "order.",
    finding: finding(drawn.filter(({ setting }) => setting !== ALL_ODDITIES)),
    reading: [
      `${counts.join(" or ")} cells trained under the published protocol, one setting at a time`,
      `as the corrected protocol has it; what a setting touches is trained again. 1,000 test images,`,
      `${repeats} repeats${all}. 95 % intervals, cells of one expression together; no point: not`,
      `touched. c: Kendall τ-b with the order before (1: the same); no interval for cells of fewer than 6 expressions.`,
      ...spread,
      ...study.untested.map(({ setting, reason }) => `Not here: ${labelOf(setting)} (${reason}).`),
    ],
    view: beside(18, ...PANELS.map((_, k) => effectPanel(k, drawn, settings))),
  });
}
