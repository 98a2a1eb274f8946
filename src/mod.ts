/**
 * The shared module of the notebooks: the public names of every room, in the order of the data. Loads
 * no TensorFlow; the rooms that need it load it on their first computation.
 */
export * from "./random.ts";
export * from "./config.ts";
export * from "./config_id.ts";
export { loadBackend } from "./backend.ts";
export * from "./space/mod.ts";
export * from "./dataset/mod.ts";
export * from "./network/mod.ts";
export * from "./train/mod.ts";
export * from "./quantize/mod.ts";
export * from "./analog/mod.ts";
export * from "./measure/mod.ts";
export * from "./table/mod.ts";
export * from "./search/mod.ts";
export * from "./stats/mod.ts";
export * from "./analyse/mod.ts";
export * from "./figure/mod.ts";
/** Polars, Arquero and Vega-Lite themselves, for questions of one's own. */
export { default as pl } from "nodejs-polars";
export * as aq from "arquero";
export * as vl from "vega-lite";
// Two rooms say CLASSES: the isomorphism class of each cell, and the names of the ten image classes.
export { CLASSES } from "./analyse/mod.ts";
export { CLASSES as IMAGE_CLASSES } from "./dataset/mod.ts";
