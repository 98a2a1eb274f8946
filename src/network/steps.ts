/** Puts steps together: what the builders of the spaces share. */
import type { BatchNorm, Convolution, ConvolutionUnit } from "./layers.ts";
import type { Step, StepOperation } from "./plan.ts";

/** The steps of a plan in the making. Each method adds one and returns its name. */
export interface StepList {
  readonly steps: readonly Step[];
  add(name: string, operation: StepOperation, inputs: readonly string[], live?: boolean): string;
  relu(name: string, input: string, live?: boolean): string;
  /** A convolution, named after its layer, with the batch norm behind it. */
  convolution(layer: Convolution, norm: BatchNorm | null, input: string, live?: boolean): string;
  unit(unit: ConvolutionUnit, input: string, live?: boolean): string;
}

/** An empty list of steps. */
export function stepList(): StepList {
  const steps: Step[] = [];
  const add: StepList["add"] = (name, operation, inputs, live = true) => {
    steps.push({ name, inputs, live, ...operation });
    return name;
  };
  const convolution: StepList["convolution"] = (layer, norm, input, live) =>
    add(layer.name, { kind: "convolution", layer, norm }, [input], live);
  return {
    steps,
    add,
    relu: (name, input, live) => add(name, { kind: "relu" }, [input], live),
    convolution,
    unit: ({ convolution: layer, norm }, input, live) => convolution(layer, norm, input, live),
  };
}
