/** The network of a CIFAR ResNet (He et al. 2016, section 4.2); post-activation: ReLU behind the sum. */
import { wholeNumber } from "../arguments.ts";
import { type ResNet, resNetText } from "../space/mod.ts";
import { convolution } from "./layers.ts";
import { IMAGES, type NetworkPlan } from "./plan.ts";
import { type StepList, stepList } from "./steps.ts";

/** The network for RGB images: stem, three stages of blocks at 32, 16 and 8 pixels, global average, linear. */
export function resNetPlan(network: ResNet, classes = 10): NetworkPlan {
  resNetText(network); // refuses what is no network
  wholeNumber("classes of a network", classes, 1);
  const { blocks, widths } = network, list = stepList();
  const stem = convolution("conv1", 3, widths[0], 3, { readsData: true });
  let at = list.convolution(stem, { name: "bn1", channels: widths[0] }, IMAGES);
  at = list.relu("relu", at);
  let channels = widths[0];
  blocks.forEach((count, stage) => {
    for (let block = 0; block < count; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1, shape = [channels, widths[stage]] as const;
      at = addBlock(list, network, `layer${stage + 1}.${block}`, shape, stride, at);
      channels = widths[stage];
    }
  });
  at = list.add("global_average", { kind: "global_average" }, [at]);
  const fc = { name: "fc", inFeatures: channels, outFeatures: classes };
  list.add(fc.name, { kind: "linear", layer: fc }, [at]);
  const architecture = { space: "resnet", text: resNetText(network) } as const;
  return { architecture, scale: {}, classes, steps: list.steps };
}

function addBlock(
  list: StepList,
  { shortcut, kernels }: ResNet,
  name: string,
  [from, to]: readonly [number, number],
  stride: 1 | 2,
  input: string,
): string {
  const norm = (which: string) => ({ name: `${name}.${which}`, channels: to });
  const first = convolution(`${name}.conv1`, from, to, kernels[0], { stride });
  let main = list.convolution(first, norm("bn1"), input);
  main = list.relu(`${name}.relu1`, main);
  main = list.convolution(convolution(`${name}.conv2`, to, to, kernels[1]), norm("bn2"), main);
  if (shortcut !== "none") {
    let around = input;
    const changes = stride !== 1 || from !== to;
    if (changes && shortcut === "B") {
      const projection = convolution(`${name}.downsample.0`, from, to, 1, { stride });
      around = list.convolution(projection, norm("downsample.1"), input);
    } else if (changes) {
      if (stride === 2) {
        const everyOther = { kind: "subsample", stride, start: 0 } as const;
        around = list.add(`${name}.subsample`, everyOther, [around]);
      }
      if (to > from) {
        const before = Math.floor((to - from) / 2), after = to - from - before;
        around = list.add(`${name}.pad`, { kind: "pad_channels", before, after }, [around]);
      }
    }
    main = list.add(`${name}.sum`, { kind: "sum" }, [main, around]);
  }
  return list.relu(`${name}.relu2`, main);
}
