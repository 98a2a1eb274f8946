/** The network of an end-to-end reference, on the simulator's own layers. */
import { z } from "zod";
import {
  analogForward,
  type AnalogTile,
  compensation,
  type Crossbars,
  driftTile,
  type LayerShape,
  layerTensors,
  type NormalSource,
  periphery,
  programTile,
  type Reading,
  readOut,
} from "../../analog/mod.ts";
import type { Tensor, Tensor1D } from "../../backend.ts";
import { type Hardware } from "../../config.ts";
import { digitalLayer, digitalLayers, type Place, place } from "../digital_layers.ts";

const tile = z.object({
  in_start: z.number(),
  in_size: z.number(),
  out_size: z.number(),
  analog_weights: place,
  mapping_scales: place,
  input_range: z.number(),
});

export const layer = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("conv"),
    cin: z.number(),
    cout: z.number(),
    k: z.number(),
    stride: z.number(),
    pad: z.number(),
    tiles: z.array(tile),
  }),
  ...digitalLayers,
  z.object({
    type: z.literal("linear"),
    in: z.number(),
    out: z.number(),
    tiles: z.array(tile),
    bias: place,
  }),
]);

type Layer = z.infer<typeof layer>;
type Tiled = Extract<Layer, { tiles: unknown }>;

/** A chain of layers as the reference file gives it, on the simulator's own layers. */
export class SequentialNetwork {
  readonly #tiled: { readonly shape: LayerShape; readonly tiles: readonly AnalogTile[] }[];
  readonly #layers: readonly Layer[];
  readonly #at: (p: Place) => Float32Array;

  constructor(layers: readonly Layer[], at: (p: Place) => Float32Array) {
    this.#layers = layers;
    this.#at = at;
    const tiled = layers.filter((l): l is Tiled => "tiles" in l);
    this.#tiled = tiled.map((l, number) => ({
      shape: shapeOf(l, `layer ${number}`),
      tiles: l.tiles.map((t, i) => ({
        name: `layer ${number}.tile.${i}`,
        inStart: t.in_start,
        inSize: t.in_size,
        outStart: 0,
        outSize: t.out_size,
        weights: at(t.analog_weights),
        scales: at(t.mapping_scales),
        inputRange: t.input_range,
      })),
    }));
  }

  program(hardware: Hardware, normal: NormalSource) {
    return this.#tiled.flatMap(({ tiles }) =>
      tiles.map((t) => {
        const programmed = programTile(t.weights, hardware, normal);
        const baseline = readOut(programmed.weights, periphery(hardware), normal);
        return { name: t.name, programmed, baseline };
      })
    );
  }

  drift(
    programmed: ReturnType<SequentialNetwork["program"]>,
    t_inference_s: number,
    hardware: Hardware,
    normal: NormalSource,
  ): Record<string, Reading> {
    return Object.fromEntries(programmed.map(({ name, programmed, baseline }) => {
      const weights = driftTile(programmed, t_inference_s, hardware, normal);
      const alpha = hardware.driftCompensation === "none"
        ? 1
        : compensation(baseline, readOut(weights, periphery(hardware), normal));
      return [name, { weights, alpha }];
    }));
  }

  logits(
    crossbars: Crossbars,
    x: Tensor,
    seed: number,
    change: (tile: AnalogTile) => AnalogTile = (tile) => tile,
    readings?: Record<string, Reading>,
  ): Float32Array {
    const { backend } = crossbars, { tf } = backend;
    return tf.tidy(() => {
      let h = x, number = 0;
      for (const l of this.#layers) {
        if ("tiles" in l) {
          const { shape, tiles } = this.#tiled[number];
          const tensors = layerTensors(
            backend,
            { shape, tiles: tiles.map(change) },
            readings,
          );
          const bias = l.type === "linear" ? tf.tensor1d(this.#at(l.bias)) : null;
          const base = 100 * number++;
          const seeds = (t: number) => tf.tensor1d([seed | 0, base + t], "int32") as Tensor1D;
          h = analogForward(crossbars, shape, tensors, bias, h, seeds);
        } else h = digitalLayer(backend, l, h, this.#at);
      }
      return h;
    }).dataSync() as Float32Array;
  }
}

function shapeOf(l: Tiled, name: string): LayerShape {
  return l.type === "conv"
    ? {
      name,
      kind: "convolution",
      inChannels: l.cin,
      outChannels: l.cout,
      kernel: l.k,
      stride: l.stride,
      padding: l.pad,
      groups: 1,
      dilation: 1,
    }
    : {
      name,
      kind: "linear",
      inChannels: l.in,
      outChannels: l.out,
      kernel: 1,
      stride: 1,
      padding: 0,
      groups: 1,
      dilation: 1,
    };
}
