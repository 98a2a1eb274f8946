/**
 * The border to TensorFlow: the only file that imports it, on the first `loadBackend()` and never on
 * import. Above stock TensorFlow.js stand the raw kernels of `backend/`, each a small typed function
 * with its gradient.
 *
 * All images are NHWC `[batch, height, width, channels]`, convolution weights HWIO
 * `[height, width, in, out]`.
 */
import type * as tensorflow from "@tensorflow/tfjs-node";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import util from "node:util";
import {
  BINDING,
  isInstalled,
  type Kernels,
  kernels,
  loadOperations,
  type RunOp,
} from "./backend/mod.ts";
import { InputError } from "./input_error.ts";

export type Tensor = tensorflow.Tensor;
export type Tensor1D = tensorflow.Tensor1D;
export type Tensor2D = tensorflow.Tensor2D;
export type Tensor4D = tensorflow.Tensor4D;
export type Scalar = tensorflow.Scalar;
export type TensorFlow = typeof tensorflow;
export { BATCH_NORM_EPSILON } from "./backend/mod.ts";
export type { BatchNormOutput, Kernels, OpAttribute, Quantizer, RunOp } from "./backend/mod.ts";

/** TensorFlow.js (`tf`) and the raw kernels. */
export interface Backend extends Kernels {
  readonly tf: TensorFlow;
  /**
   * Threads that one operation may use. They share a sum's terms out, so that another number gives sums
   * rounded in another order, and after some steps of training other weights.
   */
  readonly threads: number;
  /** Compiles, loads and registers operations in C++, once per process; see `backend/operations.ts`. */
  readonly loadOperations: (source: URL, register: string) => Promise<void>;
}

let loading: Promise<Backend> | undefined;

/**
 * Loads TensorFlow, once per process.
 *
 * @throws InputError where `deno task setup` has not been run, what it made is broken, or g++ is missing
 */
export function loadBackend(): Promise<Backend> {
  return loading ??= Promise.resolve().then(load).catch((error) => {
    loading = undefined;
    throw error;
  });
}

async function load(): Promise<Backend> {
  if (!isInstalled()) {
    throw new InputError("TensorFlow is not set up here. Run `deno task setup` once.");
  }
  // Read by the library while it is loaded: oneDNN kernels twice as fast, no chatter on stderr.
  setDefaultEnvironment("TF_ENABLE_ONEDNN_OPTS", "1");
  setDefaultEnvironment("TF_CPP_MIN_LOG_LEVEL", "2");
  const threads = threadsAsked() ?? navigator.hardwareConcurrency;
  Deno.env.set(THREADS, String(threads));
  // Long-deprecated members of node:util that tfjs-node 4.22 still calls and Deno has dropped.
  const legacy = util as unknown as Record<string, unknown>;
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;

  // The package's own entry insists on a binding inside node_modules, so its parts are put together here.
  const require = createRequire(import.meta.url);
  const inside = createRequire(require.resolve("@tensorflow/tfjs-node/package.json"));
  const tf: TensorFlow = inside("@tensorflow/tfjs");
  inside("./dist/register_all_kernels.js");
  const { NodeJSKernelBackend } = inside("./dist/nodejs_kernel_backend.js");
  const border = new NodeJSKernelBackend(loadBinding(inside), "tfjs-node");
  tf.registerBackend("tensorflow", () => border, 3);
  tf.setBackend("tensorflow");
  const { binding } = border;
  const types = {
    bool: binding.TF_ATTR_BOOL,
    float: binding.TF_ATTR_FLOAT,
    int: binding.TF_ATTR_INT,
    string: binding.TF_ATTR_STRING,
    type: binding.TF_ATTR_TYPE,
  };
  const dtypes = { float32: binding.TF_FLOAT, int32: binding.TF_INT32, int64: binding.TF_INT64 };
  const run: RunOp = (op, attributes, inputs, outputs) =>
    border.executeMultipleOutputs(
      op,
      Object.entries(attributes).map(([name, [type, value]]) => ({
        name,
        type: types[type],
        value: type === "type" ? dtypes[value] : value,
      })),
      inputs,
      outputs,
    );
  const loaded = new Map<string, Promise<void>>();
  const once = (source: URL, register: string) => {
    const loading = loaded.get(source.href) ?? loadOperations(source, register);
    loaded.set(source.href, loading);
    return loading;
  };
  const maxPool = new URL("./backend/max_pool.cc", import.meta.url);
  await once(maxPool, "register_max_pool_gradient");
  return { tf, threads, loadOperations: once, ...kernels(tf, run) };
}

/** Environment variable by which TensorFlow takes its number of threads. */
export const THREADS = "TF_NUM_INTRAOP_THREADS";

/** The number of threads that the environment asks for; null where it leaves that open (0 or nothing). */
export function threadsAsked(): number | null {
  const text = Deno.env.get(THREADS)?.trim() ?? "", threads = Number(text);
  if (!Number.isInteger(threads) || threads < 0) {
    throw new InputError(
      `${THREADS} is a whole number of threads, not "${text}". Set or unset it.`,
    );
  }
  return threads === 0 ? null : threads;
}

function loadBinding(require: NodeJS.Require): unknown {
  try {
    return require(BINDING);
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new InputError(
      `TensorFlow does not load: ${reason}. Remove ${dirname(BINDING)} and run ` +
        "`deno task setup` again.",
    );
  }
}

function setDefaultEnvironment(name: string, value: string): void {
  if (Deno.env.get(name) === undefined) Deno.env.set(name, value);
}
