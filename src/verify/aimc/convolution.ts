/** Convolutions on tiles against AIHWKit 1.1.0 (file e). */
import { z } from "zod";
import {
  analogForward,
  convertLayer,
  type Crossbars,
  type LayerShape,
  layerTensors,
  splitSizes,
} from "../../analog/mod.ts";
import { type Hardware } from "../../config.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "../report.ts";
import { crossbarsFor, idealHardware, noSeed } from "./crossbars.ts";
import { hardwareOf, ioSchema, underEitherScaling } from "./settings.ts";
import { flat, matrix, numbers } from "../values.ts";

const images = z.array(z.array(matrix));

export async function checkConvolution(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      tolerance: z.object({ rel: z.number(), abs: z.number() }),
      cases: z.array(z.object({
        cin: z.number(),
        cout: z.number(),
        k: z.number(),
        stride: z.number(),
        pad: z.number(),
        weights: matrix,
        bias_values: numbers.nullable(),
        x: images,
        io: ioSchema,
        tiles: z.array(z.object({
          in_start: z.number(),
          in_size: z.number(),
          input_range: z.number(),
          mapping_scales: numbers,
        })),
        y_shape: numbers,
        y: images,
        y_digital: images,
        n_near_ties: z.number(),
      })).nonempty(),
    }),
  );
  const crossbars = await crossbarsFor(), share = shareOfTolerance(golden.tolerance);
  const check = (weightScaling: Hardware["weightScaling"]) =>
    worstOf(golden.cases, (c) => {
      const limit = tileLimit(c.cin * c.k ** 2, c.tiles);
      const hardware = { ...hardwareOf(c.io), weightScaling, ...limit };
      const here = crossbars(hardware), { tf } = here.backend;
      const shape: LayerShape = {
        name: "layer",
        kind: "convolution",
        inChannels: c.cin,
        outChannels: c.cout,
        kernel: c.k,
        stride: c.stride,
        padding: c.pad,
        groups: 1,
        dilation: 1,
      };
      const converted = convertLayer(shape, flat(c.weights), hardware);
      const sameCut = JSON.stringify(converted.tiles.map((t) => [t.inStart, t.inSize])) ===
        JSON.stringify(c.tiles.map((t) => [t.in_start, t.in_size]));
      const tiles = converted.tiles.map((t, i) => ({ ...t, inputRange: c.tiles[i]?.input_range }));
      const [simulated, digital] = tf.tidy(() => {
        const x = tf.transpose(tf.tensor4d(c.x), [0, 2, 3, 1]);
        const bias = c.bias_values ? tf.tensor1d(c.bias_values) : null;
        const run = (crossbars: Crossbars, tiles: typeof converted.tiles) =>
          tf.transpose(
            analogForward(
              crossbars,
              shape,
              layerTensors(here.backend, { shape, tiles }),
              bias,
              x,
              () => noSeed(here.backend),
            ),
            [0, 3, 1, 2],
          );
        const ideal = crossbars(idealHardware);
        return [run(here, tiles), run(ideal, tiles.map((t) => ({ ...t, inputRange: 1e3 })))];
      }).map((tensor) => tensor.dataSync());
      // The reference names how many outputs lie so near a tie that the order of a sum decides.
      const errors = c.y.flat(3).map((y, i) => share([simulated[i]], [y])).sort((a, b) => b - a);
      return {
        "cut and scales": sameCut
          ? Math.max(...tiles.map((t, i) => share(t.scales, c.tiles[i].mapping_scales)))
          : Infinity,
        y: errors[c.n_near_ties] ?? 0,
        "all ideal": share(digital, c.y_digital.flat(3)),
      };
    });
  return underEitherScaling(check);
}

/** The limit of a tile, which the file does not name: the default's, unless that cuts another number of pieces. */
function tileLimit(inFeatures: number, tiles: readonly { readonly in_size: number }[]) {
  const { maxInputSize } = hardwareOf({});
  if (splitSizes(inFeatures, maxInputSize).length === tiles.length) return { maxInputSize };
  return { maxInputSize: Math.max(...tiles.map(({ in_size }) => in_size)) };
}
