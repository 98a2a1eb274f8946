/** `hardware_anchor`: what a simulated network loses over a day, beside one of as many weights on measured hardware. */
import {
  type AnchorRun,
  CHIP,
  isMeasured,
  type MeasuredRun,
  type Study,
} from "../../analyse/mod.ts";
import { along, ownColour, timesInWords } from "../grammar/axes.ts";
import { type Channel, figure, type View } from "../grammar/figure.ts";
import { count } from "../grammar/format.ts";
import { dots, endLabels, layer, reference, spans, words } from "../grammar/marks.ts";
import { CONDITION } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, INK, MUTED } from "../grammar/theme.ts";

const LABELS = 165, WIDTH = CONTENT_WIDTH - 60 - LABELS, HEIGHT = 220;

/** How far a run is moved to the right of the one before, so that intervals do not hide each other. */
const STEP = 1.12;

const inWords = ({ epochs, hwtEpochs }: AnchorRun) => `simulation, ${epochs} + ${hwtEpochs} epochs`;

/** Losses of a run: none at first, then with their intervals. */
const points = (run: MeasuredRun, k: number) =>
  run.measured.readings.map(({ t_inference_s, loss }) => ({
    ...{ run: inWords(run), colour: k === 0 ? CONDITION.hwt.colour : "#56B4E9", t_inference_s },
    place_s: t_inference_s * STEP ** k,
    ...(loss ?? { estimate: 0, low: 0, high: 0 }),
  }));

/** What is known of the chip: nothing lost at first, and within the day at most so much. */
const [PROGRAMMED_S, END_S] = [CHIP.times_s[0], CHIP.times_s.at(-1)!];
const bound = (place_s: number) => ({ place_s, loss: CHIP.loss_points });
const BOUND = [bound(PROGRAMMED_S), bound(END_S)];
const RECORDED = [{ place_s: PROGRAMMED_S, loss: 0 }, bound(END_S)];

function losses(runs: readonly AnchorRun[]): View {
  const measured = runs.filter(isMeasured).toSorted((a, b) => b.epochs - a.epochs);
  const rows = measured.flatMap(points);
  const highest = Math.max(3 * CHIP.loss_points, ...rows.map(({ high }) => high));
  const lowest = Math.min(0, ...rows.map(({ low }) => low));
  const room = 0.08 * (highest - lowest), span = highest - lowest + 2 * room;
  const y = along("drift_loss", [lowest - room, highest + room], { grid: true });
  const x = timesInWords("place_s", CHIP.times_s, [PROGRAMMED_S * 0.75, END_S / 0.6]);
  const color = ownColour("colour"), detail: Channel<"detail"> = { field: "run" };
  const ends = [
    ...measured.map((run, k) => ({
      text: inWords(run),
      at: run.measured.readings.at(-1)!.loss!.estimate,
      colour: points(run, k)[0].colour,
    })),
    { text: "chip: at most this (Joshi et al.)", at: CHIP.loss_points, colour: INK },
  ];
  const middle = { x: { value: WIDTH / 2 }, y: { value: HEIGHT / 2 } };
  const missing = [{ text: "simulation: not measured yet" }];
  const diamond = { shape: "diamond", filled: true, size: 60, color: INK } as const;
  const layers = [
    reference("y", 0, { color: "#CCCCCC" }),
    layer(BOUND, { type: "line", color: INK, strokeDash: [4, 3] }, { x, y: y("loss") }),
    dots(RECORDED, { x, y }, diamond, "loss"),
    layer(rows, { type: "line", strokeWidth: 1.8 }, { x, y: y("estimate"), color, detail }),
    spans(rows, { x, y, color }, { strokeWidth: 1.5 }),
    dots(rows, { x, y, color }, { filled: true, size: 40, opacity: 1 }),
    ...(rows.length > 0 ? [] : [words(missing, middle, { color: MUTED, fontSize: 12 })]),
    endLabels(ends, WIDTH, span * 14 / HEIGHT, y, { color }),
  ];
  return { width: WIDTH, height: HEIGHT, layer: layers };
}

export function hardwareAnchor({ hardwareAnchor: runs, anchorFinding }: Study) {
  const { text, weights, programmed_pct, lowestOverADay_pct, loss_points } = CHIP;
  const missing = runs.filter((run) => !isMeasured(run)).map(inWords);
  const [done] = runs.filter(isMeasured);
  return figure({
    numbers: {
      chip: { network: text, weights, programmed_pct, lowestOverADay_pct, loss_points },
      runs,
    },
    alt:
      "Accuracy lost since programming against time on a logarithmic axis: dots with intervals for each " +
      "simulated training, where measured, and two diamonds and a dashed bound for the chip.",
    finding: anchorFinding,
    reading: [
      `Chip: the ResNet-32 of Joshi et al. (Nat. Commun. 11, 2473, 2020), ${count(weights)}`,
      `weights on phase-change memory, ${programmed_pct} % when programmed, above ${lowestOverADay_pct} %`,
      `over a day (diamonds; no interval known). Simulation: a ResNet of as many, ${text}, on`,
      `AIHWKit’s model of such memory, after hardware-aware training; loss since 1 min, one training.`,
      ...(done === undefined ? [] : [
        `Lines: 95 % interval of the mean over ${done.events} programming events on the same`,
        `${count(done.testImages)} test images, times taken as independent.`,
      ]),
      ...(missing.length === 0 ? [] : [`Not measured yet: ${missing.join("; ")}.`]),
    ],
    view: {
      hconcat: [losses(runs)],
    },
  });
}
