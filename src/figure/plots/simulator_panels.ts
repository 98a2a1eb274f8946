/** Panels of `simulators`: rank agreement of readings, and a grid of verdicts. */
import type {
  Claim,
  Interval,
  MemoryClaims,
  ReadingAgreement,
  ReplicatedClaim,
  WireLoss,
} from "../../analyse/mod.ts";
import { along, coloured, free, inkOn, names } from "../grammar/axes.ts";
import type { Channel, View } from "../grammar/figure.ts";
import { dots, intervals, layer, panel, reference, spans, words } from "../grammar/marks.ts";
import { readingLabel, shortMemory } from "../grammar/memories.ts";
import { CONDITION, conditionScale } from "../grammar/metrics.ts";
import { MUTED, panelTitle } from "../grammar/theme.ts";

/** Height of a row of two conditions. */
const ROW = 21;
const SCALE = conditionScale(["noisy", "hwt"]);
/** Untouched weights above hardware-aware ones, within a row. */
const yOffset: Channel<"yOffset"> = {
  field: "condition",
  scale: { domain: SCALE.domain, range: [ROW * 0.3, ROW * 0.7] },
};

/** Rank agreement, a row a reading, with what noise would end it at, where known; the first panel names rows and colours. */
export function agreementPanel(
  letter: string,
  title: string,
  rows: readonly (Interval & { reading: ReadingAgreement; ceiling?: number | undefined })[],
  isFirst: boolean,
): View {
  const values = rows.map(({ reading: { device, metric, condition }, ...tau }) => ({
    reading: readingLabel(device, metric),
    condition: CONDITION[condition].label,
    ...tau,
  }));
  const labels = [...new Set(values.map(({ reading }) => reading))];
  const legend = { orient: "bottom", offset: 4, symbolType: "circle" } as const;
  const color = coloured("condition", SCALE, isFirst ? legend : null);
  const y = names("reading", labels, { labelFontSize: 9.5, labelLimit: 160, labels: isFirst });
  const x = along("kendall", [-0.4, 1], { tickCount: 4 });
  const ticked = values.filter(({ ceiling }) => ceiling !== undefined);
  const tick = { type: "tick", color: MUTED, thickness: 1.6, size: 9, orient: "vertical" } as const;
  return panel(panelTitle(letter, title), [96, ROW * labels.length], [
    reference("x", 0, { color: "#DDDDDD" }),
    spans(values, { x, y, yOffset, color }, { clip: true, strokeWidth: 1.3 }),
    layer(ticked, tick, { x: x("ceiling"), y, yOffset }),
    dots(values, { x, y, yOffset, color }, { size: 26 }),
  ]);
}

/** Points lost to wires, a row a resistance. */
export function wirePanel(letter: string, losses: readonly WireLoss[]): View {
  const values = losses.map(({ condition, wire_ohm, loss }) => ({
    wire: `${wire_ohm} Ω`,
    condition: CONDITION[condition].label,
    ...loss,
  }));
  const rows = [...new Set(values.map(({ wire }) => wire))];
  const y = names("wire", rows, { labelFontSize: 9.5 }), color = coloured("condition", SCALE);
  const x = (field: string) => free(field, "Accuracy lost (points)", { grid: true });
  return panel(panelTitle(letter, "What do wires cost?"), [520, ROW * rows.length], [
    reference("x", 0, { color: "#DDDDDD" }),
    ...intervals(values, { x, y, yOffset, color }, { strokeWidth: 1.3 }, { size: 26 }),
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

/** A row a claim, a column a source; in each field the criteria met of all. */
export function verdictPanel(
  published: readonly Claim[],
  replicated: readonly ReplicatedClaim[],
  memories: readonly MemoryClaims[],
): View {
  const row = (source: string, id: string, verdict: string, met: readonly boolean[]) => {
    const text = verdict === "not tested" ? "–" : `${met.filter(Boolean).length}/${met.length}`;
    return { source, claim: CLAIM[id] ?? id, verdict, text };
  };
  const own = (source: string, claims: readonly ReplicatedClaim[]) =>
    claims.map(({ id, measured, criteria }) =>
      row(source, id, measured, criteria.map(({ outcome }) => outcome === "met"))
    );
  const values = [
    ...published.map(({ id, verdict, criteria }) =>
      row("table", id, verdict, criteria.map(({ met }) => met))
    ),
    ...own("replication", replicated),
    ...memories.flatMap(({ device, claims }) => own(shortMemory(device), claims)),
  ];
  const sources = [...new Set(values.map(({ source }) => source))];
  const x = names("source", sources, { labelAngle: -40, labelFontSize: 9 });
  const y = names("claim", published.map(({ id }) => CLAIM[id] ?? id), { labelFontSize: 9.5 });
  const scale = { domain: Object.keys(VERDICTS), range: Object.values(VERDICTS) };
  const outline = { symbolStrokeColor: MUTED, symbolStrokeWidth: 0.5 };
  const color = coloured("verdict", scale, { orient: "bottom", columns: 2, offset: 4, ...outline });
  const size = [27 * sources.length, 24 * published.length] as const;
  return panel(panelTitle("c", "Do the claims hold?"), size, [
    layer(values, { type: "rect", stroke: "#CCCCCC", strokeWidth: 0.6 }, { x, y, color }),
    words(values, { x, y, color: inkOn("datum.verdict == 'supported'") }, { fontSize: 9 }),
  ]);
}
