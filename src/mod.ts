/**
 * The shared module of the notebooks: the public names of every room, in the order of the data. Loads
 * no TensorFlow; the rooms that need it load it on their first computation.
 */
export * from "./random.ts";
export * from "./space/mod.ts";
export * from "./search/mod.ts";
export * from "./analyse/mod.ts";
