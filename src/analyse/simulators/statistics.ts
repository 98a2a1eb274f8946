/** Statistics of the cells on other simulators and memories. */
import { type Definitions, once } from "../remember.ts";
import { type ReplicatedClaim, replicatedClaims } from "../replication/replicated_claims.ts";
import type { Study } from "../study.ts";
import { anchorFinding } from "./anchor_words.ts";
import { type AnchorRun, anchorRuns } from "./anchor.ts";
import { type EventWidth, eventWidths } from "./event_widths.ts";
import { type MemoryLoss, memoryLosses } from "./losses.ts";
import { type AnalogCondition, memoriesOf, type Memory } from "./memories.ts";
import { type OrderPair, orderPairs, type ReadingAgreement, readingAgreements } from "./order.ts";
import { type WireLoss, wireLosses } from "./wires.ts";

/** Verdicts on the published claims from one memory's readings. */
export interface MemoryClaims {
  readonly simulator: string;
  readonly device: string;
  readonly claims: readonly ReplicatedClaim[];
}

export interface SimulatorStatistics {
  /** Memories of both simulators with what the cells reach on them; none where nothing is measured. */
  readonly memories: readonly Memory[];
  /** What the cells lose on each memory, against the digital network on the same images. */
  readonly memoryLosses: readonly MemoryLoss[];
  /** Rank agreement of all pairs of readings of a condition. */
  orderPairs(condition: AnalogCondition): readonly OrderPair[];
  /** Rank agreement of every reading with AIHWKit's and with the published table. */
  readonly readingAgreements: readonly ReadingAgreement[];
  /** The published claims put to each memory; one family of tests a criterion. */
  readonly memoryClaims: readonly MemoryClaims[];
  /** What some of the cells lose to the resistance of wires; none where nothing is measured. */
  readonly wireLosses: readonly WireLoss[];
  /** Matched effects of a skip connection from one programming event and from many. */
  readonly eventWidths: readonly EventWidth[];
  /** The network that is held against one measured on hardware, config by config of its plan, finished or not. */
  readonly hardwareAnchor: readonly AnchorRun[];
  /** What it says beside the chip, or that it is not measured yet: a sentence without its stop. */
  readonly anchorFinding: string;
}

/** How each is computed. */
export const SIMULATOR_STATISTICS: Definitions<SimulatorStatistics, Study> = {
  memories: ({ measured }) => memoriesOf(measured.devices),
  memoryLosses: ({ memories }) => memoryLosses(memories),
  orderPairs: ({ memories }) => once((condition) => orderPairs(memories, condition)),
  readingAgreements: ({ memories, replication, measured, benchmark }) =>
    readingAgreements(
      memories,
      replication,
      measured.replication,
      (metric) => benchmark.accuracy(metric),
    ),
  memoryClaims: ({ memories, claims }) =>
    memories.map((memory) => ({
      simulator: memory.simulator,
      device: memory.device,
      claims: replicatedClaims(claims, memory, memories.length),
    })),
  wireLosses: ({ measured }) => wireLosses(measured.wires),
  eventWidths: ({ replication, memories }) => eventWidths(replication, memories),
  hardwareAnchor: ({ measured }) => anchorRuns(measured.anchor),
  anchorFinding: ({ hardwareAnchor }) => anchorFinding(hardwareAnchor),
};
