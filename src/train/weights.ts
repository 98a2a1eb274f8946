/** A trained network as one safetensors file that PyTorch reads by the names of its state. */
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
import { readBytes } from "../read_bytes.ts";
import {
  buildNetwork,
  type NetworkPlan,
  parseSteps,
  type State,
  stateEntries,
  stepsText,
} from "../network/mod.ts";
import { identified, identityOf } from "../space/mod.ts";
import { differences } from "./differences.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsFile,
  type StoredTensor,
  type StoredTensors,
} from "./safetensors.ts";
import { refuseUnsound } from "./sound.ts";
import { bareNames } from "./tensor_names.ts";

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
  const size = JSON.stringify({ ...plan.scale, classes: plan.classes, images: plan.images });
  // A network of a space is built from its text; any other comes with its steps.
  const steps = plan.architecture.space === "custom" ? { steps: stepsText(plan) } : {};
  const metadata = { ...origin, ...identityOf(plan.architecture), size, ...steps };
  await writeFileAtomically(path, encodeSafetensors(tensors, metadata));
}

/** A weight file as it was read: what it holds, and what it says of itself. */
export interface WeightFile extends SafetensorsFile {
  readonly path: string;
  /** The network that the file says it holds; null where it says nothing, as a file from PyTorch. */
  readonly plan: NetworkPlan | null;
}

/** Reads the file `path`. Throws InputError where it is missing, damaged, or names an impossible network. */
export async function readWeightFile(path: string): Promise<WeightFile> {
  const bytes = await readBytes(
    path,
    "Name a run's weights.safetensors, or a file that `deno task import` wrote.",
  );
  const file = decodeSafetensors(bytes, path);
  return { ...file, path, plan: statedPlan(file, path) };
}

function statedPlan({ metadata }: SafetensorsFile, path: string) {
  const { size } = metadata;
  try {
    const architecture = identified(metadata);
    if (architecture === null || size === undefined) return null;
    if (architecture.space !== "custom") return buildNetwork(architecture, JSON.parse(size));
    if (metadata.steps === undefined) throw new InputError("it does not hold the network's steps.");
    const { classes, images, ...scale } = JSON.parse(size);
    const steps = parseSteps(metadata.steps);
    return { architecture, scale, classes, ...images && { images }, steps };
  } catch (error) {
    throw new InputError(
      `${path} says that it holds the network ${
        metadata.cell ?? metadata.architecture
      }, ${size}, which cannot be: ${(error as Error).message} Write the file again.`,
    );
  }
}

/**
 * Reads weights from `path`: a file of `saveWeights`, or one written from PyTorch, in which case `plan`
 * must say what network it is. A checkpoint serves as well.
 *
 * Throws InputError as `readWeightFile` and `weightsIn` do.
 */
export async function loadWeights(path: string, plan?: NetworkPlan): Promise<Weights> {
  return weightsIn(await readWeightFile(path), plan);
}

/**
 * The network in `file`. Tensors beyond it are passed over (`num_batches_tracked`, an optimizer's), usual
 * wrappings of names are understood.
 *
 * Throws InputError where the file does not say its network and `plan` is not given, says another than
 * `plan`, lacks a tensor or has one of another shape, and where a number is not finite or a variance
 * negative.
 */
export function weightsIn(file: WeightFile, plan?: NetworkPlan): Weights {
  const { path, metadata } = file, chosen = plan ?? file.plan;
  if (Object.keys(file.tensors).some((name) => name.endsWith(".tile.0.input_range"))) {
    throw new InputError(
      `${path} holds a network on crossbars (a unit's hwt.safetensors), not a digital one. Name the ` +
        `unit's baseline.safetensors.`,
    );
  }
  if (chosen === null) {
    throw new InputError(
      `${path} does not say which network it holds. Say it once, and use the file that this writes: ` +
        `deno task import ${path} named.safetensors --network <network>`,
    );
  }
  if (file.plan !== null) {
    const differing = differences(identity(file.plan), identity(chosen));
    if (differing.length > 0) {
      throw new InputError(
        `${path} says that it holds another network: ${
          differing.join("; ")
        }. Name the network that ` +
          `the file names, or another file.`,
      );
    }
  }
  const entries = stateEntries(chosen), tensors = bareNames(file.tensors, entries[0].name, path);
  const state: Record<string, Float32Array> = {};
  for (const { name, shape } of entries) {
    const found = tensors[name];
    if (!(found?.data instanceof Float32Array) || found.shape.join() !== shape.join()) {
      const what = found === undefined
        ? "lacks it"
        : found.data instanceof Float32Array
        ? `has shape [${found.shape}]`
        : "has whole numbers there";
      throw new InputError(
        `${path} does not hold this network: ${name} should have shape [${shape}], the file ${what}. ` +
          `Check the network and its scale (channels and cells per stage).`,
      );
    }
    state[name] = found.data;
  }
  refuseUnsound(state, path);
  const { cell: _, space: __, architecture: ___, size: ____, ...origin } = metadata;
  return { plan: chosen, state, origin };
}

/** What tells networks apart. */
const identity = ({ architecture, scale, classes }: NetworkPlan) => ({
  ...identityOf(architecture),
  ...scale,
  classes,
});
