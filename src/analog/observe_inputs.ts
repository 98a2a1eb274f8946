import type { Backend, Tensor } from "../backend.ts";
import type { Batch } from "../dataset/mod.ts";
import {
  evaluationOps,
  forward,
  type LayerOps,
  type NetworkPlan,
  type State,
  toTensors,
} from "../network/mod.ts";
import { imageTensor } from "../train/mod.ts";
import type { LayerShape } from "./layer_shape.ts";

/** A network, and its layers on crossbars by name. */
interface Observed {
  readonly plan: NetworkPlan;
  readonly state: State;
  readonly layers: Readonly<Record<string, { readonly shape: LayerShape }>>;
}

/**
 * Runs the digital network over `batches` and shows `look` the input of every layer that is on crossbars,
 * once a batch and layer. The tensor is the network's: read it, do not dispose it.
 */
export function observeInputs(
  backend: Backend,
  { plan, layers, state }: Observed,
  batches: Iterable<Batch>,
  look: (shape: LayerShape, x: Tensor) => void,
): void {
  const { tf } = backend;
  const tensors = toTensors(backend, plan, state);
  const digital = evaluationOps(backend, plan, tensors);
  const observe = (name: string, x: Tensor) => {
    if (name in layers) look(layers[name].shape, x);
  };
  const ops: LayerOps = {
    ...digital,
    convolution: (layer, x) => (observe(layer.name, x), digital.convolution(layer, x)),
    convolutionUnit: (unit, x) => (
      observe(unit.convolution.name, x), digital.convolutionUnit!(unit, x)
    ),
    linear: (layer, x) => (observe(layer.name, x), digital.linear(layer, x)),
  };
  for (const batch of batches) {
    const x = imageTensor(backend, batch);
    tf.dispose([forward(backend, plan, ops, x), x]);
  }
  digital.dispose();
  tf.dispose([{ ...tensors.parameters }, { ...tensors.statistics }]);
}
