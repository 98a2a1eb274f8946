/** Panels of `simulators`: rank agreement of readings, and a grid of verdicts. */
import type {
  Claim,
  Interval,
  MemoryClaims,
  ReadingAgreement,
  ReplicatedClaim,
} from "../../analyse/mod.ts";
import { along, coloured, inkOn, names } from "../grammar/axes.ts";
import type { Channel, View } from "../grammar/figure.ts";
import { dots, layer, panel, reference, spans, words } from "../grammar/marks.ts";
import { readingLabel, shortMemory } from "../grammar/memories.ts";
import { CONDITION, conditionScale } from "../grammar/metrics.ts";
import { MUTED, panelTitle } from "../grammar/theme.ts";

/** A reading's agreement with one source. */
export interface Against {
  readonly reading: ReadingAgreement;
  readonly tau: Interval;
  /** What noise would end it at, where known. */
  readonly ceiling: number | undefined;
}

const WIDTH = 96;
/** Height of a row of two conditions. */
export const ROW = 21;
/** Untouched weights above hardware-aware ones, within a row. */
export const yOffset: Channel<"yOffset"> = {
  field: "condition",
  scale: {
    domain: (["noisy", "hwt"] as const).map((name) => CONDITION[name].label),
    range: [ROW * 0.3, ROW * 0.7],
  },
};

/** Rank agreement, a row a reading, noisy above HWT; the first panel names the rows and colours. */
export function agreementPanel(
  letter: string,
  title: string,
  rows: readonly Against[],
  isFirst: boolean,
): View {
  const values = rows.map(({ reading, tau, ceiling }) => ({
    reading: readingLabel(reading.device, reading.metric),
    condition: CONDITION[reading.condition].label,
    ...{ estimate: tau.estimate, low: tau.low, high: tau.high, ceiling },
  }));
  const labels = [...new Set(values.map(({ reading }) => reading))];
  const x = along("kendall", [-0.4, 1], { tickCount: 4 });
  const y = names("reading", labels, { labelFontSize: 9.5, labelLimit: 160, labels: isFirst });
  const legend = isFirst ? { orient: "bottom", offset: 4, symbolType: "circle" } as const : null;
  const color = coloured("condition", conditionScale(["noisy", "hwt"]), legend);
  const ticked = values.filter(({ ceiling }) => ceiling !== undefined);
  const tick = { type: "tick", color: MUTED, thickness: 1.6, size: 9, orient: "vertical" } as const;
  return panel(panelTitle(letter, title), [WIDTH, ROW * labels.length], [
    reference("x", 0, { color: "#DDDDDD" }),
    spans(values, { x, y, yOffset, color }, { clip: true, strokeWidth: 1.3 }),
    layer(ticked, tick, { x: x("ceiling"), y, yOffset }),
    dots(values, { x, y, yOffset, color }, { size: 26 }),
  ]);
}

/** Claims in few words. */
const CLAIM: Readonly<Record<string, string>> = {
  quantization_misses_noise: "quantization misses noise",
  hwt_closes_gap: "HWT closes the gap",
  robust_wider_branched: "robust cells are wider",
  "3x3_and_skip_help": "3×3 and skips help",
  "1x1_heavy_collapse": "1×1-heavy collapse",
  skips_slow_drift: "skips slow drift",
  robust_differ_from_digital: "robust differ from digital",
};

/** Colour of each verdict: met in blues, open in grey, contradicted in orange. */
const VERDICTS = {
  supported: "#0072B2",
  "supported in part": "#A5CAE3",
  open: "#E4E4E4",
  "not supported": "#EFA36C",
  "not tested": "#FFFFFF",
} as const;

const COLUMN = 27, HEIGHT = 24;

/** A row a claim, a column a source; in each field the criteria met of all. */
export function verdictPanel(
  published: readonly Claim[],
  replicated: readonly ReplicatedClaim[],
  memories: readonly MemoryClaims[],
): View {
  const row = (source: string, { id, measured, criteria }: ReplicatedClaim) => {
    const met = criteria.filter(({ outcome }) => outcome === "met").length;
    const text = measured === "not tested" ? "–" : `${met}/${criteria.length}`;
    return { source, claim: CLAIM[id] ?? id, verdict: measured as string, text };
  };
  const values = [
    ...published.map(({ id, verdict, criteria }) => ({
      source: "table",
      claim: CLAIM[id] ?? id,
      verdict: verdict as string,
      text: `${criteria.filter(({ met }) => met).length}/${criteria.length}`,
    })),
    ...replicated.map((claim) => row("replication", claim)),
    ...memories.flatMap(({ device, claims }) =>
      claims.map((claim) => row(shortMemory(device), claim))
    ),
  ];
  const sources = [...new Set(values.map(({ source }) => source))];
  const x = names("source", sources, { labelAngle: -40, labelFontSize: 9 });
  const y = names("claim", published.map(({ id }) => CLAIM[id] ?? id), { labelFontSize: 9.5 });
  const scale = { domain: Object.keys(VERDICTS), range: Object.values(VERDICTS) };
  const outline = { symbolStrokeColor: MUTED, symbolStrokeWidth: 0.5 };
  const color = coloured("verdict", scale, { orient: "bottom", columns: 2, offset: 4, ...outline });
  const place = { x, y };
  return panel(
    panelTitle("c", "Do the claims hold?"),
    [COLUMN * sources.length, HEIGHT * published.length],
    [
      layer(values, { type: "rect", stroke: "#CCCCCC", strokeWidth: 0.6 }, { ...place, color }),
      words(values, { ...place, color: inkOn("datum.verdict == 'supported'") }, { fontSize: 9 }),
    ],
  );
}
