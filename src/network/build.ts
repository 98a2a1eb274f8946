/** From an architecture to its network. */
import { type Config, scaleOf } from "../config.ts";
import { InputError } from "../input_error.ts";
import {
  type Architecture,
  parseAnalogNas,
  parseCell,
  parseDarts,
  parseResNet,
  spaceOf,
  SPACES,
} from "../space/mod.ts";
import { analogNasPlan } from "./analognas.ts";
import { dartsPlan, type DartsSize } from "./darts.ts";
import { networkPlan, type NetworkSize } from "./nas_bench_201.ts";
import type { NetworkPlan } from "./plan.ts";
import { resNetPlan } from "./resnet.ts";

/** The network of `architecture` at the scale of `config`. Throws InputError where that is another space's. */
export function networkFor(config: Config, architecture: Architecture): NetworkPlan {
  const { space, scale } = scaleOf(config);
  if (space !== architecture.space) {
    const example = space === "custom" ? "" : `, such as ${SPACES[space].example}`;
    throw new InputError(
      `The config is for networks of ${space}, not for ${architecture.text}. Set network.space to ` +
        `"${architecture.space}", or name a network of ${space}${example}.`,
    );
  }
  return buildNetwork(architecture, scale);
}

/**
 * The network of `architecture`.
 *
 * @param scale the settings of its space (`SPACES[...].scale`); `classes` is 10 by default
 * Throws InputError where a setting is missing, or is none of the space's, and for a network from a file.
 */
export function buildNetwork(
  { space, text }: Architecture,
  { classes = 10, ...scale }: Readonly<Record<string, number>>,
): NetworkPlan {
  if (space === "custom") {
    throw new InputError(`The network ${text} is of no search space: it comes with its own file.`);
  }
  const wanted = spaceOf(space).scale, given = Object.keys(scale);
  if (wanted.toSorted().join() !== given.toSorted().join()) {
    const needs = wanted.length === 0 ? "takes no scale" : `is scaled by ${wanted.join(" and ")}`;
    throw new InputError(
      `A network of ${space} ${needs}, not by ${given.join(" and ") || "nothing"}: ${text}.`,
    );
  }
  switch (space) {
    case "nas_bench_201":
      return networkPlan(parseCell(text), { ...scale as unknown as NetworkSize, classes });
    case "resnet":
      return resNetPlan(parseResNet(text), classes);
    case "analognas":
      return analogNasPlan(parseAnalogNas(text), classes);
    case "darts":
      return dartsPlan(parseDarts(text), { ...scale as unknown as DartsSize, classes });
  }
}
