/** Does it generalise? Findings of the published study in other spaces and on other memories. */
import { SOURCES } from "../../contrast/mod.ts";
import type { Definitions } from "../remember.ts";
import type { Study } from "../study.ts";
import { answerInWords } from "./answer.ts";
import { type Effect, effectsOf, type FindingSummary, summariesOf } from "./effects.ts";
import { evidenceOf } from "./estimates.ts";
import { type LargerScaleFindings, largerScaleFindings } from "./larger_scale.ts";
import { type ListedNetwork, listedNetworks } from "./listed.ts";
import { networksOf } from "./networks.ts";
import { type Power, powerOf } from "./power.ts";
import { type Transfer, transfers } from "./transfer.ts";

export interface GeneralityStatistics {
  /** Every finding in every source, whether it could be asked or not; finding by finding. */
  readonly generality: readonly Effect[];
  /** Random effects over the spaces, by finding. */
  readonly generalitySummaries: readonly FindingSummary[];
  /** The answer in one paragraph, for whatever rows there are. */
  readonly generalityAnswer: string;
  /** What cells trained longer, as deeper or as wider networks, say of the findings: exploratory, outside the family. */
  readonly largerScales: LargerScaleFindings;
  /** How well the published table foretells the order of networks elsewhere. */
  readonly transfers: readonly Transfer[];
  /** Networks of other spaces one by one, with the share of their weights on crossbars. */
  readonly listedNetworks: readonly ListedNetwork[];
  /** What the matched contrasts take, so that an interval is half as wide as the published effect. */
  readonly power: readonly Power[];
}

/** How each is computed. */
export const GENERALITY_STATISTICS: Definitions<GeneralityStatistics, Study> = {
  generality(study) {
    const networks = new Map(SOURCES.map((source) => [source.id, networksOf(study, source)]));
    return effectsOf((asked) => evidenceOf(asked, networks.get(asked.source.id)!, study.collapse));
  },
  generalitySummaries: ({ generality }) => summariesOf(generality),
  generalityAnswer: ({ generality }) => answerInWords(generality),
  largerScales: largerScaleFindings,
  transfers,
  listedNetworks,
  power: powerOf,
};
