/** The identity of a network from a file, and what its images go through first. */
import { createHash } from "node:crypto";
import { IMAGES, type Step } from "../plan.ts";
import type { State } from "../state.ts";
import { stateHash } from "../state_hash.ts";

/** Digits of the hash that stand in a name: two files of one name would have to agree in 48 bits. */
const DIGITS = 12;

/**
 * What a network from a file is called: the file's name, and the head of a SHA-256 over its steps and its
 * numbers. Two files never have one name, and one file under two names is seen to be the same.
 */
export function customName(file: string, steps: readonly Step[], state: State): string {
  const content = JSON.stringify(steps) + stateHash(state);
  const hash = createHash("sha256").update(content).digest("hex");
  return `${file}-${hash.slice(0, DIGITS)}`;
}

/** A factor and an offset for each colour, or one for all: from the images given here to those of the file. */
export interface ImageScaling {
  readonly scale: readonly number[];
  readonly offset: readonly number[];
}

/** `steps` behind one that scales the images. It is not trained, and no gradient is taken towards it. */
export function withScaledImages(steps: readonly Step[], scaling: ImageScaling): Step[] {
  const name = "scaled images";
  const first: Step = { kind: "affine", ...scaling, name, inputs: [IMAGES], live: true };
  const renamed = steps.map((step) => ({
    ...step,
    inputs: step.inputs.map((input) => input === IMAGES ? name : input),
  }));
  return [first, ...renamed];
}
