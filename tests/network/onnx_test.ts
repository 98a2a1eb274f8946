/** Networks from ONNX files: onnxruntime's logits, refusals, and what no reference file holds. */
import assert from "node:assert/strict";
import { create, toBinary } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from "onnx-buf";
import cases from "../golden/onnx/cases.json" with { type: "json" };
import { loadBackend, type Tensor4D } from "../../src/backend.ts";
import {
  evaluationOps,
  forward,
  initialState,
  lossAndGradients,
  outputShapes,
  readOnnx,
  stateEntries,
  toTensors,
} from "../../src/network/mod.ts";
import { layerShapes } from "../../src/analog/layer_shape.ts";
import { goldenReport } from "../../src/verify/mod.ts";

const FOLDER = "tests/golden/onnx";
const backend = await loadBackend();

Deno.test("files of PyTorch give onnxruntime's logits or are refused with what cannot be read", async () => {
  const { cases: count, parts, note } = await goldenReport(`${FOLDER}/cases.json`);
  assert.equal(count, cases.accept.length + cases.refuse.length);
  assert.equal(parts.length, 3);
  for (const { name, error, tolerance } of parts) {
    assert.ok(error <= tolerance, `${name}: ${error}\n${note}`);
  }
  // Refused where that is allowed: nothing else is left out of the comparison of logits.
  assert.equal(note?.match(/ refused: /g)?.length, 4);
});

Deno.test("the layers of a file are those that onnx lists, by node name, and their state is complete", async () => {
  for (const { file, expect, layers } of cases.accept) {
    if (expect !== "logits") continue;
    const { plan, state } = await readOnnx(`${FOLDER}/${file}`);
    const found = plan.steps.flatMap((step) =>
      step.kind === "convolution" || step.kind === "linear" ? [step.layer.name] : []
    );
    assert.equal(found.length, layers.length, file);
    layers.forEach(({ node }, i) => node && assert.equal(found[i], node, file));
    assert.deepEqual(
      stateEntries(plan).map(({ name }) => name).sort(),
      Object.keys(state).sort(),
      file,
    );
    const dense = layers.filter((layer) => layer.op !== "Conv" || layer.groups === 1);
    assert.equal(layerShapes(plan).length, dense.length, file);
  }
});

Deno.test("steps of files have the shapes that are counted, and gradients of every parameter", async () => {
  for (
    const file of [
      "pools_legacy11_folded_dynamic",
      "explicit_pad",
      "resnet20a_dynamo18_folded_dynamic",
    ]
  ) {
    const { plan } = await readOnnx(`${FOLDER}/${file}.onnx`);
    const tensors = toTensors(backend, plan, initialState(plan, 1)), { tf } = backend;
    const x = tf.randomNormal([2, 32, 32, 3], 0, 1, "float32", 5) as Tensor4D;
    const ops = evaluationOps(backend, plan, tensors);
    const shapes = outputShapes(plan, { height: 32, width: 32, channels: 3 });
    for (let i = 0; i < plan.steps.length; i++) {
      const part = { ...plan, steps: plan.steps.slice(0, i + 1) };
      const { height, width, channels } = shapes[plan.steps[i].name];
      const { shape } = forward(backend, part, ops, x);
      const expected = shape.length === 2 ? [2, channels] : [2, height, width, channels];
      assert.deepEqual(shape as number[], expected, plan.steps[i].name);
    }
    const labels = tf.tensor1d([1, 2], "int32");
    const { gradients } = lossAndGradients(backend, plan, tensors.parameters, x, labels);
    assert.deepEqual(Object.keys(gradients).sort(), Object.keys(tensors.parameters).sort());
    for (const [name, gradient] of Object.entries(gradients)) {
      assert.ok(gradient.dataSync().every(Number.isFinite), name);
    }
  }
});

/** A file with images in NHWC: Transpose, Flatten in HWC order by way of Transpose back, then Gemm. */
function channelsLastFile(weights: Float32Array): Uint8Array {
  const node = (opType: string, input: string[], output: string, perm: number[] = []) =>
    create(NodeProtoSchema, {
      opType,
      input,
      output: [output],
      attribute: perm.length === 0 ? [] : [
        create(AttributeProtoSchema, {
          name: "perm",
          type: AttributeProto_AttributeType.INTS,
          ints: perm.map(BigInt),
        }),
      ],
    });
  const dims = [1, 32, 32, 3].map((n) => ({
    $typeName: "onnx.TensorShapeProto.Dimension" as const,
    denotation: "",
    value: { case: "dimValue" as const, value: BigInt(n) },
  }));
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [create(OperatorSetIdProtoSchema, { version: 13n })],
      graph: create(GraphProtoSchema, {
        input: [create(ValueInfoProtoSchema, {
          name: "pictures",
          type: { value: { case: "tensorType", value: { elemType: 1, shape: { dim: dims } } } },
        })],
        output: [create(ValueInfoProtoSchema, { name: "y" })],
        initializer: [create(TensorProtoSchema, {
          name: "w",
          dims: [3072n, 2n],
          dataType: 1,
          floatData: [...weights],
        })],
        node: [
          node("Transpose", ["pictures"], "first", [0, 3, 1, 2]),
          node("Relu", ["first"], "positive"),
          node("Transpose", ["positive"], "last", [0, 2, 3, 1]),
          node("Flatten", ["last"], "flat"),
          node("MatMul", ["flat", "w"], "y"),
        ],
      }),
    }),
  );
}

Deno.test("images with channels last are flattened in the file's order", async () => {
  const weights = Float32Array.from({ length: 6144 }, (_, i) => Math.sin(i));
  const path = await Deno.makeTempFile({ suffix: ".onnx" });
  try {
    await Deno.writeFile(path, channelsLastFile(weights));
    const { plan, state } = await readOnnx(path), tensors = toTensors(backend, plan, state);
    const pixels = Float32Array.from({ length: 3072 }, (_, i) => Math.cos(3 * i));
    const x = backend.tf.tensor4d(pixels, [1, 32, 32, 3]);
    const found = forward(backend, plan, evaluationOps(backend, plan, tensors), x).dataSync();
    for (const k of [0, 1]) {
      const expected = pixels.reduce((sum, p, i) => sum + Math.max(p, 0) * weights[2 * i + k], 0);
      assert.ok(Math.abs(found[k] - expected) < 1e-2, `${found[k]} ${expected}`);
    }
  } finally {
    await Deno.remove(path);
  }
});
