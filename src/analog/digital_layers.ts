/** Layers that are kept digital by choice, by their names. */
import { didYouMean } from "../nearest.ts";
import { InputError } from "../input_error.ts";
import type { NetworkPlan } from "../network/mod.ts";
import { type Depthwise, type LayerShape, layerShapes } from "./layer_shape.ts";

/**
 * The layers of a network that are put on crossbars: all that can be (`layerShapes`) but those in `digital`.
 *
 * @param digital names of layers, of an ONNX file those of its nodes
 * Throws InputError for a name that no such layer has, with the nearest one, and where no layer is left.
 */
export function analogShapes(
  plan: NetworkPlan,
  digital: readonly string[] = [],
  depthwise: Depthwise = "digital",
): LayerShape[] {
  const shapes = layerShapes(plan, depthwise), names = shapes.map(({ name }) => name);
  for (const name of digital) {
    if (names.includes(name)) continue;
    const isStep = plan.steps.some((step) => step.name === name);
    const fault = isStep
      ? `"${name}" is digital anyhow.`
      : `${plan.architecture.text} has no layer "${name}".${didYouMean(name, names)}`;
    throw new InputError(`${fault} Layers that can be on crossbars are: ${names.join(", ")}.`);
  }
  const left = shapes.filter(({ name }) => !digital.includes(name));
  if (left.length === 0) {
    throw new InputError(
      `All layers of ${plan.architecture.text} are chosen to be digital: nothing is left for the crossbars.`,
    );
  }
  return left;
}
