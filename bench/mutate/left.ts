/** Wrong programs of the left half: images, networks, training, quantization, crossbars, measuring. */
import { type Mutant, mutantsOf } from "./mutant.ts";

const TILES = "src/analog/tiles", GOLDEN = "tests/analog/tiles/golden_test.ts";
const STEPS = "tests/analog/tiles/hwt_step_test.ts", STAGE = "tests/analog/tiles/hwt_stage_test.ts";
const STREAMS = "tests/analog/tiles/noise_streams_test.ts";
const QAT = "tests/quantize/qat_step_test.ts", PYTORCH = "tests/network/network_test.ts";

const hardwareAware = [
  ...mutantsOf(`${TILES}/train_tile.ts`, STEPS, [
    [
      "hwt: input gradient from the clean weights",
      "inputGradient(x, tf.mul(noisyWeights, scales), g)",
      "inputGradient(x, tf.mul(weights, scales), g)",
    ],
    [
      "hwt: forward pass with the clean weights",
      "products(crossbars, shape, v, noisyWeights)",
      "products(crossbars, shape, v, weights)",
    ],
    [
      "hwt: weight gradient times the scale, not divided by it",
      "tf.div(weightGradient(xs, dy), scales)",
      "tf.mul(weightGradient(xs, dy), scales)",
    ],
    [
      "hwt: decay of the range where many inputs are outside",
      "tf.sub(inside, rangeRule.inputRangeMinFraction)",
      "tf.sub(rangeRule.inputRangeMinFraction, inside)",
    ],
    ["hwt: range gradient not relative to the range", "tf.mul(pull, range)]", "pull]"],
  ]),
  ...mutantsOf(`${TILES}/hwt_step.ts`, STEPS, [
    [
      "hwt: weights never clipped",
      "hwt.clipSigmas > 0 ? clipWeights(trained, hwt.clipSigmas) : trained",
      "trained",
    ],
    ["hwt: weights never remapped", 'hwt.remap === "none"', "hwt.clipSigmas >= 0"],
    [
      "hwt: noise of the step that is over",
      "tileState(setting, placed, after, steps + 1, batches)",
      "tileState(setting, placed, after, steps, batches)",
    ],
    [
      "hwt: the range of the batch is forgotten",
      "optimizer.step(estimated, pass.gradients",
      "optimizer.step(state.parameters, pass.gradients",
    ],
  ]),
  ...mutantsOf(`${TILES}/hwt_state.ts`, STEPS, [
    [
      "hwt: noise on the first batch",
      "steps === 0 ? weights : weightError(weights, normal)",
      "weightError(weights, normal)",
    ],
    [
      "hwt: weight noise never drawn again",
      "`hwt/weight noise ${steps}/${tile.name}`",
      "`hwt/weight noise/${tile.name}`",
    ],
    [
      "hwt: all tiles have one draw",
      "`hwt/weight noise ${steps}/${tile.name}`",
      "`hwt/weight noise ${steps}`",
    ],
    [
      "hwt: weight noise of half the width",
      "modifyWeights(weights, weightNoise, normal)",
      "modifyWeights(weights, weightNoise / 2, normal)",
    ],
  ]),
  ...mutantsOf(`${TILES}/hwt_layers.ts`, STEPS, [
    [
      "hwt: output noise never drawn again",
      "`hwt/output noise ${steps}`",
      "`hwt/output noise`",
    ],
  ]),
  ...mutantsOf(`${TILES}/hwt_stage.ts`, STAGE, [
    ["hwt: momentum 0", "sgd(backend, training)", "sgd(backend, { ...training, momentum: 0 })"],
    [
      "hwt: weight decay 0",
      "sgd(backend, training)",
      "sgd(backend, { ...training, weightDecay: 0 })",
    ],
    ["hwt: schedule inverted", 'hwtSchedule === "constant"', 'hwtSchedule !== "constant"'],
    [
      "hwt: momentum lost on resuming",
      'filter(([name]) => name.startsWith("optimizer/"))',
      'filter(([name]) => name.startsWith("optimiser/"))',
    ],
  ]),
  ...mutantsOf(`${TILES}/hardware_aware.ts`, STEPS, [
    ["hwt: clipped about the mean", "(weights[i] - mean) ** 2", "weights[i] ** 2"],
    ["hwt: remapping shrinks the scales", "s * most[row]", "s / most[row]"],
    [
      "hwt: the first estimate of a range averages the initial one",
      "/ (batches + 1)",
      "/ (batches + 2)",
    ],
  ]),
];

const crossbars = [
  ...mutantsOf(`${TILES}/pcm.ts`, "tests/analog/tiles/device_test.ts", [
    ["pcm: programming error of another slope", "1.9650", "1.8650"],
    ["pcm: drift exponents with a lower bound of 0.04", "0.049, 0.1", "0.040, 0.1"],
    ["pcm: spread of the exponents too narrow", "0.008, 0.045", "0.008, 0.035"],
    [
      "pcm: read noise of the time since reading began",
      "(t_inference_s + T_0_S + T_READ_S)",
      "(t_inference_s + T_READ_S)",
    ],
    [
      "pcm: drift from 0 s, not from 20 s",
      "Math.log((t_inference_s + T_0_S) / T_0_S)",
      "Math.log(Math.max(t_inference_s, T_0_S) / T_0_S)",
    ],
    [
      "pcm: negative exponents are clamped, not turned",
      "Math.abs(exponentMean(log_u) + exponentSd(log_u) * nu[i])",
      "Math.max(0, exponentMean(log_u) + exponentSd(log_u) * nu[i])",
    ],
  ]),
  ...mutantsOf(`${TILES}/tile.ts`, "tests/analog/tiles/device_test.ts", [
    ["tiles: the smaller pieces first", "(i < extra ? 1 : 0)", "(i >= pieces - extra ? 1 : 0)"],
    [
      "tiles: scales ignore omega",
      "most / Math.fround(rule.weightScalingOmega) || 1",
      "most || 1",
    ],
    [
      "tiles: one scale for all where each column has its own",
      'rule.weightScaling === "per_tensor"',
      'rule.weightScaling !== "none"',
    ],
  ]),
  ...mutantsOf(`${TILES}/tile.ts`, GOLDEN, [
    [
      "tiles: exponents follow the programmed conductance",
      "traits: model.traits(g, device, normal)",
      "traits: model.traits(model.program(g, device, normal), device, normal)",
    ],
  ], "c_drift"),
  ...mutantsOf(`${TILES}/drift_compensation.ts`, GOLDEN, [
    ["compensation: the wrong way round", "baseline / readout)", "readout / baseline)"],
    ["compensation: read out without the ADC", "Math.abs(quantize(y, adc))", "Math.abs(y)"],
  ], "c_gdc"),
  ...mutantsOf(`${TILES}/periphery.ts`, GOLDEN, [
    ["periphery: ties round up", "((count + ROUND) - ROUND)", "Math.floor(count + 0.5)"],
  ], "d_mvm_quant"),
  ...mutantsOf(`${TILES}/periphery.ts`, "tests/analog/tiles/periphery_test.ts", [
    ["periphery: 2^bits steps", "1 / (2 ** settings.bits - 2)", "1 / (2 ** settings.bits)"],
  ]),
  ...mutantsOf(`${TILES}/conductance.ts`, GOLDEN, [
    [
      "conductance: the negative device forgets g_min",
      "Math.fround(-g - lower)) + g_min",
      "Math.fround(-g - lower))",
    ],
  ], "a_conductance"),
  ...mutantsOf(`${TILES}/calibrate.ts`, "tests/analog/tiles/calibrate_test.ts", [
    ["calibration: 99 % of the inputs", "const COVERED = 0.9999", "const COVERED = 0.99"],
    ["calibration: every batch in full", "const COVERED = 0.9999", "const COVERED = 1"],
  ]),
  ...mutantsOf(`${TILES}/evaluate.ts`, "tests/analog/tiles/network_test.ts", [
    [
      "evaluation: scale of a folded norm from the first channels",
      "tf.slice(scale, outStart, outSize)",
      "tf.slice(scale, 0, outSize)",
    ],
  ]),
];

const streams = [
  ...mutantsOf(`${TILES}/evaluate.ts`, STREAMS, [
    ["streams: layers share their output noise", "numbers[name] + tile]", "tile]"],
  ]),
  ...mutantsOf("src/analog/logits.ts", STREAMS, [
    [
      "streams: batches share their output noise",
      "`output noise/${label}/batch ${batch++}`",
      "`output noise/${label}`",
    ],
  ]),
  ...mutantsOf(`${TILES}/program.ts`, STREAMS, [
    ["streams: tiles share their programming errors", "`program/${name}`", '"program"'],
    [
      "streams: tiles share their read noise",
      "`drift ${t_inference_s}/${name}`",
      "`drift ${t_inference_s}`",
    ],
  ]),
];

const quantization = [
  ...mutantsOf("src/quantize/qat.ts", QAT, [
    ["qat: gradient never clipped", "adam(backend, qat), qat.clipNorm)", "adam(backend, qat))"],
    ["qat: ranges move by a tenth", "const AVERAGING = 0.01", "const AVERAGING = 0.1"],
    [
      "qat: weight decay 0",
      "adam(backend, qat), qat.clipNorm)",
      "adam(backend, { weightDecay: 0 }), qat.clipNorm)",
    ],
    [
      "qat: the first batch only moves the range from 0",
      "if (range === undefined) return seen;",
      "range ??= { min: 0, max: 0 };",
    ],
    [
      "qat: weights stay floating",
      "trainingOps(backend, quantized, onBatchStatistics)",
      "trainingOps(backend, parameters, onBatchStatistics)",
    ],
    ["qat: the schedule is not advanced", "plateau = afterEpoch(", "afterEpoch("],
  ]),
  ...mutantsOf("src/config/training.ts", QAT, [
    ["qat: default clip norm 10", "clipNorm: rate.default(1)", "clipNorm: rate.default(10)"],
    [
      "qat: default weight decay 0",
      "weightDecay: z.number().min(0).default(1e-4)",
      "weightDecay: z.number().min(0).default(0)",
    ],
  ]),
  ...mutantsOf("src/quantize/observer.ts", "tests/quantize/observer_test.ts", [
    [
      "ptq: percentile leaves 1 % out above",
      "quantile(histogram, 1 - 5e-5)",
      "quantile(histogram, 0.99)",
    ],
    ["ptq: the worst of the shrunk ranges", "if (error < least)", "if (error > least)"],
  ]),
  ...mutantsOf("src/quantize/quantized_ops.ts", "tests/quantize/quantized_ops_test.ts", [
    [
      "ptq: weights on -128..127",
      "const quantizer = { bits, narrowRange: true }",
      "const quantizer = { bits, narrowRange: false }",
    ],
  ]),
  ...mutantsOf("src/quantize/ptq.ts", "tests/quantize/qat_test.ts", [
    [
      "ptq: always calibrated on the test images",
      "protocolOf(config).calibrationSplit",
      '"test" as const',
    ],
  ]),
];

const training = [
  ...mutantsOf("src/train/optimizer.ts", "tests/train/optimizer_test.ts", [
    ["sgd: no Nesterov", "nesterov ? tf.add(g, tf.mul(v, momentum)) : v", "v"],
    [
      "sgd: weight decay the wrong way",
      "tf.add(gradients[name], tf.mul(w, weightDecay));\n          const before",
      "tf.sub(gradients[name], tf.mul(w, weightDecay));\n          const before",
    ],
    ["adam: first moment not corrected", "learningRate / (1 - BETA_1 ** steps)", "learningRate"],
    ["clipping: the norm squared", "tf.sqrt(tf.addN(squares))", "tf.addN(squares)"],
  ]),
  ...mutantsOf("src/train/schedule.ts", "tests/train/schedule_test.ts", [
    [
      "cosine: not down to the last epoch",
      "(Math.PI * epoch) / epochs",
      "(Math.PI * epoch) / (epochs + 1)",
    ],
    ["plateau: one epoch of patience more", "if (waited < patience)", "if (waited <= patience)"],
  ]),
  ...mutantsOf("src/train/loop.ts", "tests/train/loop_test.ts", [
    [
      "loop: resumed with a fresh generator",
      "prngFromState(found.generator)",
      "epochGenerator(found.epoch + 1)",
    ],
    ["loop: weights that are not finite are kept", "refuseNonFinite(tensors, epoch, folder);", ""],
  ]),
  ...mutantsOf("src/train/sound.ts", "tests/train/weights_test.ts", [
    ["weights: negative variances are taken", "(isVariance && v < 0)", "(isVariance && v < -1)"],
    ["weights: infinities are taken", "!Number.isFinite(v) ||", "Number.isNaN(v) ||"],
  ]),
  ...mutantsOf("src/train/weights.ts", "tests/train/weights_test.ts", [
    [
      "weights: a file's own network is not asked",
      "if (file.plan !== null) {",
      "if (file.plan === plan) {",
    ],
  ]),
];

const networks = [
  ...mutantsOf("src/network/training_step.ts", PYTORCH, [
    [
      "network: running statistics mixed the wrong way",
      "tf.mul(old, 0.9), tf.mul(batchStatistics[name], 0.1)",
      "tf.mul(old, 0.1), tf.mul(batchStatistics[name], 0.9)",
    ],
  ]),
  ...mutantsOf("src/backend/batch_norm.ts", PYTORCH, [
    [
      "network: batch norm's epsilon 1e-3",
      "BATCH_NORM_EPSILON = 1e-5",
      "BATCH_NORM_EPSILON = 1e-3",
    ],
  ]),
  ...mutantsOf("src/network/state.ts", PYTORCH, [
    [
      "network: initial weights within twice the bound",
      "1 / Math.sqrt(fanIn[layer])",
      "2 / Math.sqrt(fanIn[layer])",
    ],
    [
      "network: kernels transposed",
      "tf.transpose(tensor, [2, 3, 1, 0])",
      "tf.transpose(tensor, [3, 2, 1, 0])",
    ],
  ]),
];

const images = [
  ...mutantsOf("src/dataset/augment.ts", "tests/dataset/augment_test.ts", [
    [
      "images: crops never reach the last row",
      "const dy = random.integer(2 * cropPadding + 1)",
      "const dy = random.integer(2 * cropPadding)",
    ],
    ["images: never flipped", "random.uniform() < flipProbability", "random.uniform() > 1"],
  ]),
  ...mutantsOf("src/dataset/image_set.ts", "tests/dataset/augment_test.ts", [
    [
      "images: red normalised as green",
      "CHANNEL_MEAN = [0.4914, 0.4822",
      "CHANNEL_MEAN = [0.4822, 0.4822",
    ],
  ]),
  ...mutantsOf("src/dataset/own_images.ts", "tests/dataset/own_images_test.ts", [
    [
      "images: colours first read as colours last",
      "layout === undefined ? isFirst : layout",
      "layout === undefined ? false : layout",
    ],
    ["images: numbers beyond 1 taken as pixels", "high <= 1) return", "high <= 255) return"],
  ]),
  ...mutantsOf("src/dataset/split.ts", "tests/dataset/augment_test.ts", [
    [
      "images: a validation split that is not stratified",
      "seen[images.labels[i]]++ < perClass",
      "seen[0]++ < count",
    ],
  ]),
];

const measuring = [
  ...mutantsOf("src/measure/cell_rows.ts", "tests/measure/analog_rows_test.ts", [
    ["rows: deviation over n", "Math.sqrt(squares / (n - 1))", "Math.sqrt(squares / n)"],
  ]),
  ...mutantsOf("src/measure/analog_rows.ts", "tests/measure/analog_rows_test.ts", [
    [
      "rows: programmed once where each repeat has its own event",
      '=== "programming" ? repeat : 0',
      '=== "programming" ? 0 : repeat',
    ],
    [
      "rows: repeats read with the same noise",
      "programmed.read(t_inference_s, deriveSeed(work.subject.seed, label))",
      "programmed.read(t_inference_s, work.subject.seed)",
    ],
  ]),
  ...mutantsOf(`${TILES}/simulator.ts`, "tests/measure/measure_variant_test.ts", [
    [
      "variants: remapped without the scales",
      "weights[o * inSize + i] * scales[o]",
      "weights[o * inSize + i]",
    ],
    [
      "variants: input ranges of the first tile",
      "t.inStart <= inStart && inStart < t.inStart + t.inSize &&",
      "t.inStart === 0 &&",
    ],
  ]),
  ...mutantsOf("src/measure/overlay.ts", "tests/measure/read_out_test.ts", [
    [
      "read-out: a part of a converter drops the unit's other settings of it",
      "isSettings(value) && isSettings(below) && isSameKind(below, value)",
      "isSettings(value) && isSettings(below) && !isSameKind(below, value)",
    ],
    ["read-out: another kind keeps the settings of the last", "over.kind === base.kind", "true"],
  ]),
  ...mutantsOf("src/measure/read_out.ts", "tests/measure/read_out_test.ts", [
    ["read-out: test images are cropped", "augmentTest: false", "augmentTest: true"],
    [
      "read-out: all events are one",
      'repeatVaries: "programming"',
      'repeatVaries: "read_and_output_noise"',
    ],
    [
      "read-out: another memory at the last one's conductance",
      "(!isOtherTile && { gMax_uS })",
      "{ gMax_uS }",
    ],
    [
      "read-out: another memory at the unit's times",
      "? undefined",
      "? unit.measurement.inferenceTimes_s",
    ],
  ]),
  ...mutantsOf("src/measure/read_out.ts", "tests/unit_test.ts", [
    [
      "read-out: tiles of HWT mapped again on their own hardware",
      "isOwn ? { ...hwt, hardware: config.hardware } : hwt",
      "hwt",
    ],
  ]),
  ...mutantsOf("src/unit.ts", "tests/unit_test.ts", [
    ["read-out: SD where the standard error belongs", "/ Math.sqrt(repeats), repeats", ", repeats"],
    [
      "read-out: the asked hardware is not what is read",
      "simulatorOf(backend, readAs)",
      "simulatorOf(backend, config)",
    ],
    [
      "read-out: always the digitally trained weights",
      "        condition,\n",
      '        condition: "noisy",\n',
    ],
  ]),
  ...mutantsOf("src/measure/stage_memo.ts", "tests/measure/stage_memo_test.ts", [
    [
      "memo: another measurement's rows are taken",
      "if (differing.length > 0)",
      "if (differing.length > 9)",
    ],
  ]),
  ...mutantsOf("src/analog/tiles/stored_network.ts", "tests/measure/analog_weights_test.ts", [
    [
      "stored: shapes are not compared",
      "found.shape.join() !== shape.join()",
      "found.shape.length !== shape.length",
    ],
    [
      "stored: tiles that are too many are passed over",
      "if (extra !== undefined)",
      "if (extra === null)",
    ],
  ]),
  ...mutantsOf("src/config/hardware.ts", "tests/config/parts_test.ts", [
    ["config: a part of an ADC takes the DAC's bound", 'dimensionless", 10)', 'dimensionless", 1)'],
    [
      "config: a setting of arrays leaves the tiles",
      'names.length === 0 ? "aihwkit" : "crosssim"',
      '"aihwkit"',
    ],
  ]),
  ...mutantsOf("src/config/conflicts.ts", "tests/config/conflicts_test.ts", [
    ["config: a time twice", "if (first < i)", "if (first < i - 9)"],
    [
      "config: more calibration images than there are",
      "calibrationImages <= there ||",
      "calibrationImages > 0 ||",
    ],
  ]),
];

/** All of them. */
const pooling = mutantsOf("src/backend/max_pool.cc", "tests/backend/kernels_test.ts", [
  ["pooling: the gradient goes to the last of equals", "(best[i] < v[i])", "(best[i] <= v[i])"],
  ["pooling: a pixel of two windows hears from one", "+ k] += dy[", "+ k] = dy["],
]);

export const leftMutants: readonly Mutant[] = [
  ...hardwareAware,
  ...crossbars,
  ...streams,
  ...quantization,
  ...training,
  ...networks,
  ...pooling,
  ...images,
  ...measuring,
];
