/** An ONNX file as its messages, with the constants it stores. */
import { basename } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { type GraphProto, type ModelProto, ModelProtoSchema, type ValueInfoProto } from "onnx-buf";
import { InputError } from "../../input_error.ts";
import { type Constant, constantOf } from "./constant.ts";

/** A file that could be parsed. */
export interface OnnxFile {
  readonly path: string;
  readonly graph: GraphProto;
  /** Version of the standard operations. */
  readonly opset: number;
  /** Stored tensors by name. */
  readonly constants: Readonly<Record<string, Constant>>;
  /** The one input that is no stored tensor. */
  readonly input: ValueInfoProto;
}

/**
 * Parses the file at `path`.
 *
 * @throws InputError where it cannot be read, is incomplete or no ONNX file, has more than one input, or
 * where a stored tensor cannot be read (`constantOf`)
 */
export async function readOnnxFile(path: string): Promise<OnnxFile> {
  const file = basename(path);
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch {
    throw new InputError(`There is no file ${path} to read a network from.`);
  }
  const notOnnx = (hint: string) =>
    new InputError(
      `${file} is not a complete ONNX file${hint}. Copy it again, or write it with torch.onnx.export.`,
    );
  if (bytes.length === 0) throw notOnnx(": it is empty");
  if (/^version https:\/\/git-lfs/.test(new TextDecoder().decode(bytes.subarray(0, 40)))) {
    throw notOnnx(": it is a pointer of Git LFS (run `git lfs pull`)");
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw notOnnx(": it is an archive, as PyTorch writes its checkpoints");
  }
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    throw notOnnx(` (${(error as Error).message})`);
  }
  const { graph } = model;
  if (graph === undefined || graph.node.length === 0) throw notOnnx(": it holds no graph");
  if (graph.output.length !== 1) {
    throw new InputError(
      `${file} has ${graph.output.length} outputs: ${named(graph.output)}. ` +
        `Export it with its logits as the only output.`,
    );
  }
  const constants = Object.fromEntries(
    graph.initializer.map((tensor) => [tensor.name, constantOf(tensor, path)]),
  );
  const inputs = graph.input.filter(({ name }) => !(name in constants));
  if (inputs.length !== 1) {
    throw new InputError(
      `${file} has ${inputs.length} inputs: ${
        named(inputs)
      }. Export it with the images as its only input.`,
    );
  }
  const standard = model.opsetImport.find(({ domain }) => domain === "" || domain === "ai.onnx");
  return { path, graph, opset: Number(standard?.version ?? 1), constants, input: inputs[0] };
}

const named = (values: readonly ValueInfoProto[]) =>
  values.map(({ name }) => `"${name}"`).join(", ");
