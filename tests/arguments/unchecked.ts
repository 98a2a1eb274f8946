/** Public functions that no wrong call is written for, each with the reason. */

const REASONS: Readonly<Record<string, string>> = {
  "it takes TensorFlow's tensors or a backend, which check their own shapes":
    "analog.analogAccuracy_pct analog.analogEvaluation analog.analogForward analog.analogLogits " +
    "analog.arrays.arrayEvaluation analog.arrays.arrayForward analog.arrays.arraySimulator " +
    "analog.arrays.layerTensors analog.arrays.loadArrayKernel analog.calibrateInputRanges " +
    "analog.hwtNetwork analog.hwtStage analog.hwtStep analog.layerInputs analog.layerTensors " +
    "analog.loadAnalogKernel analog.loadState analog.readoutAccuracy_pct analog.simulatorOf " +
    "analog.tileSimulator analog.trainTile network.affineNorms network.convolve " +
    "network.evaluationOps network.forward network.linear network.lossAndGradients " +
    "network.toState network.toTensors network.trainingOps network.updatedStatistics " +
    "quantize.calibrate quantize.qatStage quantize.quantizedAccuracy_pct quantize.quantizedOps " +
    "train.accuracy_pct train.adam train.baselineStage train.clipGlobalNorm train.countCorrect " +
    "train.digitalAccuracy_pct train.imageTensor train.networkTrainer train.sgd train.trainLoop",
  "it takes a record that another function of its room made, and is called from there":
    "analog.arrays.bounded analog.arrays.effectiveMatrices analog.arrays.foundDevices " +
    "analog.arrays.gMinOf analog.arrays.granularLimits analog.arrays.layerOnArrays " +
    "analog.arrays.maximumLimits analog.arrays.networkOnArrays analog.arrays.programLayer " +
    "analog.arrays.programNetwork analog.arrays.readLayer analog.arrays.readNetwork " +
    "analog.arrays.readingOf analog.arrays.toConductances analog.arrays.toWeights " +
    "analog.hwtSetting analog.inputRangeGradient analog.logicalState analog.networkOf " +
    "analog.updateInputRange dataset.batches dataset.evaluationBatches dataset.imageWriter dataset.sizeText dataset.valuesOf network.imagesOf network.isDepthwise " +
    "network.stepsText quantize.calibrationBatches search.keptRuns stats.influenceOfRanks " +
    "stats.ranksAt stats.tauOfRanks train.dataFor train.saveWeights train.stateOf",
  "it is plain arithmetic on a list or a pair of numbers, of any length and value":
    "analog.arrays.conversionError analog.arrays.leastErrorLimits analog.arrays.limitsAt " +
    "analog.arrays.percentileLimits analog.arrays.powerOf2Limits analog.arrays.slicedLimits " +
    "analog.arrays.symmetric analog.arrays.weightLimit analog.maxAbs analog.noNoise " +
    "analog.quantize analog.rangeSums analog.readOut analog.remapWeights analog.remapped " +
    "network.stateHash quantize.addToHistogram quantize.extendedRange stats.normalCdf stats.mapped",
  "it is a search, or a part of one, that asks an objective, which checks (objective.query)":
    "search.bananas search.drawUnmeasured search.gaussianProcess search.modelGuided " +
    "search.mutateUnmeasured search.nsga2 search.predictorForest search.randomSearch " +
    "search.transferForest",
  "it takes no argument that could be wrong":
    "analog.memoryLaws config.configParts config.settings config.settingsPage network.stepList " +
    "objective.history search.wlKernel show.live show.text space.allCells " +
    "space.expressionClasses space.functionClasses space.isCell space.sumCounts " +
    "study.cells.arquero study.cells.polars train.differences",
  "wrong files and folders are refused in the tests of its own file":
    "network.readOnnx train.followRun train.readCheckpoint train.readRecords " +
    "train.refuseUnsound",
  "it starts workers; its setting is checked by search.checkSetting": "search.runSeeds",
  "null is its answer where there are no runs": "study.searchStudy.size",
  "it is study.benchmark.accuracy": "study.searchStudy.accuracy",
};

/** Reason by function. */
export const UNCHECKED: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(REASONS).flatMap(([reason, names]) =>
    names.split(" ").map((name) => [name, reason] as const)
  ),
);
