/**
 * The shared module of the notebooks. `openStudy()` gives the study: every statistic, computed once.
 * `show` makes what a notebook shows, `openUnit()` a trained cell; the other names are rooms of the
 * workspace, in the order of the data. Importing it loads no TensorFlow: the rooms that need it load it on
 * their first computation.
 */
export { openStudy } from "./analyse/mod.ts";
export { openUnit } from "./unit.ts";
/** What notebooks show: figures, tables, text with computed numbers, claims, cells, charts. */
export * as show from "./figure/notebook/mod.ts";
/** Every setting of an experiment, with its default, unit and source. */
export * as config from "./config.ts";
/** The search space: cells, their notations, relations, shape, size and sampling. */
export * as space from "./space/mod.ts";
/** CIFAR-10 and its batches. */
export * as dataset from "./dataset/mod.ts";
/** Architectures as networks. */
export * as network from "./network/mod.ts";
/** Training, and recorded runs. */
export * as train from "./train/mod.ts";
/** 8-bit integers, after training and in it. */
export * as quantize from "./quantize/mod.ts";
/** Networks on simulated crossbars. */
export * as analog from "./analog/mod.ts";
/** Search methods, and what a method of one's own is made of. */
export * as search from "./search/mod.ts";
/** Statistics of plain arrays. */
export * as stats from "./stats/mod.ts";
/** Polars: tables. */
export { default as pl } from "nodejs-polars";
/** Arquero: tables. */
export * as aq from "arquero";
/** Vega-Lite: charts. */
export * as vl from "vega-lite";
