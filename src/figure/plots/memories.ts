/** `memories`: what each memory of both simulators does to a conductance. */
import type { StoredLaw, Study } from "../../analyse/mod.ts";
import { along, coloured } from "../grammar/axes.ts";
import { figure, grid, type View } from "../grammar/figure.ts";
import { fixed } from "../grammar/format.ts";
import { layer, panel, reference } from "../grammar/marks.ts";
import { memoryWords } from "../grammar/memories.ts";
import { colourScale, timeInWords } from "../grammar/metrics.ts";
import { timeText } from "../../table/schema.ts";
import { INK, panelTitle } from "../grammar/theme.ts";

/** Curves that are drawn, as they are named and coloured. */
const CURVES = {
  programming: { label: "programming error (SD)", colour: INK },
  spread: { label: "spread later (SD)", colour: "#0072B2" },
  shift: { label: "drift of the mean", colour: "#D55E00" },
  read: { label: "read noise (SD)", colour: "#009E73" },
} as const;
type Curve = keyof typeof CURVES;

const SIZE = [168, 118] as const;
/** Less than this share of the range, per cent, is no error. */
const NONE_PCT = 0.05;
/** Where the axes end below, unless a memory drifts further. */
const LOWEST_PCT = -4;
const DAY_S = 86_400;

/** A memory's curves in per cent of its range: its first spread, and those of the last time up to five days. */
function drawn({ g_uS, curves }: StoredLaw) {
  const range_uS = g_uS.at(-1)! - g_uS[0];
  const spreads = curves.filter(({ quantity }) => quantity === "spread");
  const last = (quantity: "spread" | "shift" | "read") =>
    curves.findLast((curve) => curve.quantity === quantity && curve.t_s <= 5 * DAY_S);
  const later = last("spread");
  const found: Readonly<Record<Curve, typeof later>> = {
    programming: spreads[0],
    spread: later === spreads[0] ? undefined : later,
    shift: last("shift"),
    read: last("read"),
  };
  return (Object.keys(CURVES) as Curve[]).flatMap((curve) => {
    if (found[curve] === undefined) return [];
    const { t_s, values_uS } = found[curve];
    return [{ curve, t_s, share_pct: values_uS.map((value) => 100 * value / range_uS) }];
  });
}

const symbols = { symbolType: "stroke", symbolStrokeWidth: 2 } as const;
const legend = { orient: "bottom", columns: 4, ...symbols } as const;
const color = coloured("curve", colourScale(Object.values(CURVES)), legend);

/** A memory's curves in one panel, named by `letter`. */
export function memoryPanel(law: StoredLaw, letter: string): View {
  const { g_uS, device } = law;
  const rows = drawn(law).flatMap(({ curve, share_pct }) =>
    g_uS.map((g, i) => ({ g, curve: CURVES[curve].label, share_pct: share_pct[i] }))
  );
  const times = drawn(law).filter(({ curve }) => curve !== "programming" && curve !== "read")
    .map(({ t_s }) => t_s);
  const when = times.length === 0 ? "" : `, later: ${timeInWords(timeText(Math.max(...times)))}`;
  const [first, last] = [g_uS[0], g_uS.at(-1)!], inFew = (g: number) => Number(g.toFixed(1));
  const low = Math.min(LOWEST_PCT, ...rows.map(({ share_pct }) => share_pct));
  const x = along("conductance", [first, last], { tickCount: 4 })("g");
  const y = along("share_of_range", [low, 10.5], { tickCount: 4, grid: true })("share_pct");
  const subtitle = `${inFew(first)} to ${inFew(last)} µS${when}`;
  const lettered = panelTitle(letter, memoryWords(device).label);
  return panel({ ...lettered, subtitle, subtitleFontSize: 9.5 }, SIZE, [
    reference("y", 0, { color: "#BBBBBB" }),
    layer(rows, { type: "line", strokeWidth: 1.7, clip: true }, { x, y, color }),
  ]);
}

/** Largest programming error of a memory, and its error at the bottom of the window, per cent of the range. */
function errors(law: StoredLaw) {
  const [{ share_pct }] = drawn(law);
  return {
    label: memoryWords(law.device).label,
    most: Math.max(...share_pct),
    bottom: share_pct[0],
  };
}

export function memories({ laws }: Study) {
  const all = laws.map(errors).toSorted((a, b) => a.most - b.most);
  const [least] = all, most = all[all.length - 1];
  const silent = all.filter(({ bottom }) => bottom < NONE_PCT).map(({ label }) => label);
  return figure({
    numbers: { memories: laws.map((law) => ({ device: law.device, curves: drawn(law) })) },
    alt:
      "Six small panels, one a memory: programming error, later spread, drift of the mean and read " +
      "noise as lines against the conductance that was asked for.",
    finding: `Programming errs by at most ${fixed(least.most, 1)} % (${least.label}) ` +
      `to ${fixed(most.most, 1)} % (${most.label}) of a memory’s range; ` +
      (silent.length === 0 ? "none" : `only ${silent.join(" and ")}`) +
      ` leaves a device at the bottom without error`,
    reading: [
      `The models’ own laws, nothing drawn at random; before conductances are cut at 0. Later: the last time`,
      `of the data up to 5 days, drift of PCM before its compensation. A memory without a curve has no data`,
      `for it: one time alone, or no read noise. Tiles: AIHWKit’s models; arrays: CrossSim’s. The axis of a`,
      `reaches further down.`,
    ],
    view: grid(3, 18, laws.map((law, k) => memoryPanel(law, "abcdef"[k]))),
  });
}
