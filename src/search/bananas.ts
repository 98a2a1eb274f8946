import { trainMlp } from "./mlp.ts";
import { modelGuided, type ModelGuidedOptions, type Surrogate } from "./model_guided.ts";
import { PATH_COUNT, pathEncoding } from "./path_encoding.ts";
import { normalScores } from "./normal_scores.ts";
import type { Search } from "./search.ts";

/** Networks of the ensemble. */
const MEMBERS = 5;

const NETWORK = {
  inputs: PATH_COUNT,
  width: 20,
  layers: 3,
  batch: 32,
  learningRate: 0.01,
} as const;

/** Passes over the samples; fewer for many samples, so that a fit never visits more than so many. */
const EPOCHS = 100, VISITS = 20_000;

const LOOP: ModelGuidedOptions = {
  initial: 10,
  batch: 10,
  mutations: 100,
  parents: 10,
  explored: 20,
};

/** What is stored beside histories of BANANAS. */
export const BANANAS_OPTIONS = {
  ...LOOP,
  ...NETWORK,
  members: MEMBERS,
  epochs: EPOCHS,
  visits: VISITS,
};

/**
 * An ensemble of networks on path encodings with independent Thompson sampling: each candidate's worth
 * is one draw from the normal distribution of the members' predictions (White et al. 2021, section 4).
 */
const ensemble: Surrogate = ({ cells, accuracies_pct }, random) => {
  const samples = cells.map(pathEncoding), targets = normalScores(accuracies_pct);
  const epochs = Math.min(EPOCHS, Math.ceil(VISITS / samples.length));
  const members = Array.from(
    { length: MEMBERS },
    () => trainMlp(samples, targets, { ...NETWORK, epochs }, random),
  );
  return (candidates) =>
    candidates.map((cell) => {
      const bits = pathEncoding(cell), predictions = members.map((predict) => predict(bits));
      const mean = predictions.reduce((sum, p) => sum + p, 0) / MEMBERS;
      const variance = predictions.reduce((sum, p) => sum + (p - mean) ** 2, 0) / (MEMBERS - 1);
      return mean + Math.sqrt(variance) * random.normal();
    });
};

/**
 * BANANAS (White et al. 2021), with networks of three hidden layers instead of ten: on 84 bits and at
 * most 500 samples the deeper ones gain nothing and take three times as long.
 */
export const bananas: Search = modelGuided(ensemble, LOOP);
