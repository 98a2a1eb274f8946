/**
 * The bridge between the simulators: PCM stands in both, fitted twice to one measurement. On a small network, with
 * equal converters and neither drift nor read noise, errors of programming should move the logits alike.
 */
import { arrays, type CalibrationImages, loadAnalogKernel, simulatorOf } from "../analog/mod.ts";
import { loadBackend, type Tensor2D, type Tensor4D } from "../backend.ts";
import { type ArraySettings, resolveConfig } from "../config.ts";
import type { Batch } from "../dataset/mod.ts";
import { forward, initialState, networkPlan } from "../network/mod.ts";
import { deriveSeed, prng } from "../random.ts";
import { imageTensor } from "../train/mod.ts";

/** Twelve bits, for at eight their steps hide a fifth of the error of so small a network. */
const BITS = 12;
/** Ranges of the tiles' input, in activation units, and of their ADC. */
const INPUT_RANGE = 3, ADC_BOUND = 10;
const EVENTS = 100;

/** Root of the mean squared error of the logits, a mean over programming events, and its standard error. */
interface EventError {
  readonly mean: number;
  readonly error: number;
}

/** Error of the tiles in units of the arrays', and its standard error. */
export interface Bridge {
  readonly ratio: number;
  readonly error: number;
}

/**
 * Tiles against arrays, over 100 programming events each.
 *
 * @param programmingNoise factors on the tiles' programming error, an answer for each; 1 is the device's own
 */
export async function pcmBridge(programmingNoise: readonly number[]): Promise<readonly Bridge[]> {
  const backend = await loadBackend();
  await loadAnalogKernel(backend);
  const plan = networkPlan([2, 2, 0, 4, 2, 1], { channels: 4, cellsPerStage: 1 });
  const state = initialState(plan, 0), batch = randomImages();
  const x = imageTensor(backend, batch);
  const values = (of: (x: Tensor4D) => Tensor2D) => {
    const logits = of(x), found = Array.from(logits.dataSync());
    logits.dispose();
    return found;
  };
  const seeds = Array.from({ length: EVENTS }, (_, k) => deriveSeed(1, `event ${k}`));

  const ofTiles = async (programmingNoise: number) => {
    const config = resolveConfig({
      protocol: "as_published",
      hardware: {
        dac: { kind: "bits", bits: BITS, bound: 1 },
        adc: { kind: "bits", bits: BITS, bound: ADC_BOUND },
        inputRange: INPUT_RANGE,
        outputNoise: 0,
        drift: 0,
        readNoise: 0,
        driftCompensation: "none",
        programmingNoise,
      },
    });
    const images: CalibrationImages = { ofProtocol: () => [batch], ofTraining: () => batch };
    const tiles = (await simulatorOf(backend, config)).map({ plan, state, tiles: null }, images);
    const read = (readout: Pick<typeof tiles, "logits">, seed: number) => {
      const logits = readout.logits(seed, "bridge"), found = values(logits.of);
      logits.dispose();
      return found;
    };
    return errorsOf(
      seeds.map((seed) => read(tiles.program(seed).read(0, seed), seed)),
      read(tiles, 0),
    );
  };

  const settings = resolveConfig({
    hardware: {
      simulator: {
        kind: "crosssim",
        device: "pcm_joshi",
        rMax_ohm: null,
        maxInputs: 512,
        adcBits: 0,
      },
    },
  }).hardware.simulator as ArraySettings;
  const machine = { backend, kernel: await arrays.loadArrayKernel(backend) };
  const network = withTileConverters(arrays.networkOnArrays(machine, plan, state, settings, batch));
  const read = (seed: number, device: arrays.ArrayDevice) => {
    const event = arrays.programNetwork(network, seed), physics = { ...arrays.NO_ERRORS, device };
    const reading = arrays.readNetwork(machine, network, event, physics, 0);
    const evaluation = arrays.arrayEvaluation(machine, network, reading);
    const found = values((x) => forward(backend, plan, evaluation.ops(0), x));
    evaluation.dispose();
    return found;
  };
  const ofArrays = errorsOf(
    seeds.map((seed) => read(seed, arrays.pcmJoshi)),
    read(0, arrays.ideal),
  );
  const found: Bridge[] = [];
  for (const factor of programmingNoise) {
    const { mean, error } = await ofTiles(factor), ratio = mean / ofArrays.mean;
    found.push({ ratio, error: ratio * Math.hypot(error / mean, ofArrays.error / ofArrays.mean) });
  }
  x.dispose();
  return found;
}

function randomImages(): Batch {
  const random = prng(1, "images"), count = 20;
  return {
    images: Float32Array.from({ length: count * 3_072 }, () => 4 * random.uniform() - 2),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
    count,
  };
}

/** The network with the tiles' input range, DAC and ADC in place of its own. */
function withTileConverters(network: arrays.ArrayNetwork): arrays.ArrayNetwork {
  const adc = arrays.signMagnitude(BITS, [-ADC_BOUND, ADC_BOUND]);
  const layers = Object.entries(network.layers).map(([name, layer]) => {
    const pieces = layer.pieces.map((piece) => ({
      ...piece,
      slices: piece.slices.map((slice) => ({ ...slice, adc })),
    }));
    const input = arrays.inputConverter(BITS, [-INPUT_RANGE, INPUT_RANGE]);
    return [name, { ...layer, input, pieces }] as const;
  });
  return { ...network, layers: Object.fromEntries(layers) };
}

/** Errors of events away from the same network without device errors: what converters do is not counted. */
function errorsOf(events: readonly number[][], without: readonly number[]): EventError {
  const rms = (a: readonly number[], b: (i: number) => number) =>
    Math.sqrt(a.reduce((sum, v, i) => sum + (v - b(i)) ** 2, 0) / a.length);
  const all = events.map((logits) => rms(logits, (i) => without[i]));
  const mean = all.reduce((a, b) => a + b) / all.length;
  return { mean, error: rms(all, () => mean) / Math.sqrt(all.length) };
}
