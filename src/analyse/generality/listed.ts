/** The networks of other spaces one by one: what they reach, and how much of them is analog at all. */
import { SOURCES } from "../../contrast/mod.ts";
import type { OtherSpace } from "../../table/mod.ts";
import { canonicalText } from "../../space/mod.ts";
import type { Study } from "../study.ts";
import { overSeeds } from "./estimates.ts";
import { networksOf } from "./networks.ts";

/** A network of another space, mean over its seeds. */
export interface ListedNetwork {
  readonly space: OtherSpace;
  /** Of the space. */
  readonly label: string;
  readonly network: string;
  /** Share of its weights on crossbars, per cent; null where no unit's record says. */
  readonly analog_share_pct: number | null;
  /** Digital accuracy, per cent. */
  readonly baseline_pct: number;
  /** With untouched weights, a day after programming, per cent. */
  readonly noisy_1d_pct: number;
  /** With hardware-aware trained weights, a day after programming, per cent. */
  readonly hwt_1d_pct: number;
}

const isOther = (id: string, { measured }: Study): id is OtherSpace => id in measured.spaces;

/** All of them, space by space. */
export function listedNetworks(study: Study): readonly ListedNetwork[] {
  return SOURCES.flatMap((source): ListedNetwork[] => {
    const { id: space, label, read_s } = source;
    if (source.kind !== "space" || !isOther(space, study)) return [];
    const shares = sharesOf(study, space);
    const { texts, accuracy } = networksOf(study, source);
    const { first, means: [baseline, noisy, hwt] } = overSeeds(texts, [
      accuracy("baseline"),
      accuracy("noisy", read_s),
      accuracy("hwt", read_s),
    ]);
    return first.map((i, k) => ({
      space,
      label,
      network: texts[i],
      analog_share_pct: shares.get(texts[i]) ?? null,
      baseline_pct: baseline[k],
      noisy_1d_pct: noisy[k],
      hwt_1d_pct: hwt[k],
    }));
  });
}

/** Share by network, from the records of a space's units. */
function sharesOf({ spent }: Study, space: OtherSpace): ReadonlyMap<string, number> {
  const units = spent?.units[space]?.finished ?? [];
  return new Map(
    units.flatMap(({ architecture, analog_share_pct }) =>
      architecture === undefined
        ? []
        : [[canonicalText({ space, text: architecture }), analog_share_pct]]
    ),
  );
}

/** One sentence a space: how many networks, what they reach, and how much of them is on crossbars. */
export function listedInWords(networks: readonly ListedNetwork[]): string {
  const others = SOURCES.filter(({ kind, space }) => kind === "space" && space !== "nas_bench_201");
  return others.map(({ id, label }) => {
    const own = networks.filter(({ space }) => space === id);
    if (own.length === 0) return `${label}: not measured yet.`;
    const span = (of: (network: ListedNetwork) => number) => range(own.map(of));
    const shares = own.flatMap(({ analog_share_pct }) => analog_share_pct ?? []);
    const share = shares.length < own.length ? "an unknown share" : `${range(shares)} %`;
    return `${label}: ${own.length} ${own.length === 1 ? "network" : "networks"}, ` +
      `${span((n) => n.baseline_pct)} % accurate digitally and ${
        span((n) => n.hwt_1d_pct)
      } % a day ` +
      `after programming with hardware-aware training, ${share} of the weights on crossbars.`;
  }).join(" ");
}

function range(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((v) => v.toFixed(1));
  return low === high ? low : `${low} to ${high}`;
}
