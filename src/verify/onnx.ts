/**
 * Networks from ONNX files against onnxruntime: first what must be refused, then the logits of what must be read.
 * Where either is allowed, a refusal counts, with its name, and wrong logits never.
 */
import { dirname, join } from "node:path";
import { z } from "zod";
import { type Backend, loadBackend, type Tensor4D } from "../backend.ts";
import { InputError } from "../input_error.ts";
import { evaluationOps, forward, type OnnxNetwork, readOnnx, toTensors } from "../network/mod.ts";
import { disposeAll } from "./reference_network.ts";
import { type GoldenReport, readGolden, worstError } from "./report.ts";

/** Largest difference allowed, as a share of the largest reference value. */
const TOLERANCE = 1e-4, HALF_TOLERANCE = 1e-2;

const schema = z.object({
  accept: z.array(z.object({
    file: z.string(),
    expect: z.enum(["logits", "logits or refusal"]),
    images: z.string(),
    layout: z.enum(["NCHW", "NHWC"]),
    inputScale: z.number().nullish(),
    logits: z.array(z.array(z.number())),
  })),
  refuse: z.array(z.object({ file: z.string(), contains: z.array(z.string()) })),
});
type Accepted = z.infer<typeof schema>["accept"][number];

/** Checks `cases.json` of a folder of ONNX files. */
export async function checkOnnx(path: string): Promise<GoldenReport> {
  const { accept, refuse } = await readGolden(path, schema), folder = dirname(path);
  const notes: string[] = [];
  let wrongRefusals = 0, notRead = 0, worst = 0;
  for (const { file, contains } of refuse) {
    const read = await readOrRefusal(join(folder, file));
    const fault = typeof read !== "string"
      ? "is read"
      : [file, ...contains].every((text) => read.includes(text))
      ? null
      : `is refused in other words: ${read}`;
    if (fault === null) continue;
    wrongRefusals++;
    notes.push(`${file} ${fault}`);
  }
  const backend = await loadBackend();
  for (const example of accept) {
    const { file } = example, read = await readOrRefusal(join(folder, file));
    if (typeof read === "string") {
      if (example.expect === "logits") notRead++;
      notes.push(`${file} ${example.expect === "logits" ? "NOT READ" : "refused"}: ${read}`);
      continue;
    }
    const share = await logitsShare(backend, read, example, folder);
    if (!(share <= 1)) notes.push(`${file} wrong: ${share.toExponential(1)} of the tolerance`);
    worst = Math.max(worst, share);
  }
  return {
    cases: accept.length + refuse.length,
    parts: [
      { name: "wrong refusals", error: wrongRefusals, tolerance: 0 },
      { name: "not read", error: notRead, tolerance: 0 },
      { name: "logits, share of tolerance", error: worst, tolerance: 1 },
    ],
    note: notes.join("\n    "),
  };
}

/** The network, or the message that refuses it. Every other error is a defect and thrown. */
async function readOrRefusal(path: string): Promise<OnnxNetwork | string> {
  try {
    return await readOnnx(path);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

async function logitsShare(
  backend: Backend,
  { plan, state, output }: OnnxNetwork,
  { file, images, inputScale, logits }: Accepted,
  folder: string,
): Promise<number> {
  const { tf } = backend, bytes = await Deno.readFile(join(folder, `${images}.bin`));
  const x = tf.tidy(() => {
    const stored = tf.tensor(new Float32Array(bytes.buffer), [logits.length, 3, 32, 32]);
    return tf.mul(tf.transpose(stored, [0, 2, 3, 1]), inputScale ?? 1) as Tensor4D;
  });
  const tensors = toTensors(backend, plan, state), ops = evaluationOps(backend, plan, tensors);
  const found = forward(backend, plan, ops, x);
  const values = tf.tidy(() =>
    (output === "logits"
      ? found
      : output === "probabilities"
      ? tf.softmax(found)
      : tf.logSoftmax(found)).dataSync()
  );
  ops.dispose();
  disposeAll(backend, tensors.parameters, tensors.statistics, { x, found });
  const expected = logits.flat(), largest = Math.max(...expected.map(Math.abs));
  const tolerance = /half/.test(file) ? HALF_TOLERANCE : TOLERANCE;
  return worstError(values, expected) / (tolerance * largest);
}
