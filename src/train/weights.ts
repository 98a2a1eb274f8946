/** A trained network as one safetensors file that PyTorch reads into NAS-Bench-201's `TinyNetwork`. */
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
import { type NetworkPlan, networkPlan, type State, stateEntries } from "../network/mod.ts";
import { identityOf, parseCell } from "../space/mod.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
  type StoredTensors,
} from "./safetensors.ts";

/** A network with its numbers. */
export interface Weights {
  readonly plan: NetworkPlan;
  /** By PyTorch's names, in its layout. */
  readonly state: State;
  /** Free text about the origin, e.g. seed and config. */
  readonly origin: Readonly<Record<string, string>>;
}

/** The network in what a stage or a checkpoint stores; an optimizer's tensors are left out. */
export function stateOf(stored: StoredTensors): State {
  const entries = Object.entries(stored).filter(([name]) => !name.startsWith("optimizer/"));
  return Object.fromEntries(entries.map(([name, { data }]) => [name, data as Float32Array]));
}

/** Writes `weights` to `path`, atomically. */
export async function saveWeights(path: string, { plan, state, origin }: Weights): Promise<void> {
  const tensors: Record<string, StoredTensor> = {};
  for (const { name, shape } of stateEntries(plan)) tensors[name] = { shape, data: state[name] };
  const size = JSON.stringify({ ...plan.scale, classes: plan.classes });
  const metadata = { ...origin, ...identityOf(plan.architecture), size };
  await writeFileAtomically(path, encodeSafetensors(tensors, metadata));
}

/**
 * Reads weights from `path`: a file of `saveWeights`, or one written from PyTorch, in which case `plan`
 * must say what network it is. A checkpoint serves as well. Tensors beyond the network's are passed over
 * (`num_batches_tracked`, an optimizer's).
 *
 * Throws InputError where the file is missing or damaged, does not say its network, or holds another one.
 */
export async function loadWeights(path: string, plan?: NetworkPlan): Promise<Weights> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `Cannot read the weights ${path}: ${reason}. Name a run's weights.safetensors, or a file that ` +
        `\`deno task import\` wrote.`,
    );
  }
  const { tensors, metadata } = decodeSafetensors(bytes, path);
  const { cell, size, ...origin } = metadata;
  const own = cell && size ? networkPlan(parseCell(cell), JSON.parse(size)) : undefined;
  const chosen = plan ?? own;
  if (chosen === undefined) {
    throw new InputError(
      `${path} does not say which network it holds. Name it with --cell, --channels and ` +
        `--cells-per-stage.`,
    );
  }
  const state: Record<string, Float32Array> = {};
  for (const { name, shape } of stateEntries(chosen)) {
    const found = tensors[name];
    if (!(found?.data instanceof Float32Array) || found.shape.join() !== shape.join()) {
      const what = found === undefined ? "lacks it" : `has shape [${found.shape}]`;
      throw new InputError(
        `${path} does not hold this network: ${name} should have shape [${shape}], the file ${what}. ` +
          `Check the cell, the channels and the cells per stage.`,
      );
    }
    state[name] = found.data;
  }
  return { plan: chosen, state, origin };
}
