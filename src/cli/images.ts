/** Options of the images that a network is shown: CIFAR-10, or arrays of the user's own. */
import { extname, join } from "node:path";
import { type Command, Option } from "commander";
import { sha256 } from "../checksum.ts";
import {
  CIFAR10_SIZE,
  type ImageArray,
  type ImageSet,
  type ImageSets,
  type Layout,
  LAYOUTS,
  loadCifar10,
  ownImages,
  parseNpy,
  sizeText,
} from "../dataset/mod.ts";
import { InputError } from "../input_error.ts";
import { imagesOf, type NetworkPlan } from "../network/mod.ts";
import { readBytes } from "../read_bytes.ts";
import { decodeSafetensors } from "../train/mod.ts";
import { userPath } from "./command.ts";

/** What `withImages` parses. */
export interface ImageOptions {
  readonly data?: string;
  readonly layout?: Layout;
  readonly archive?: string;
}

/** Adds `--data`, `--layout` and `--archive`. */
export function withImages(command: Command): Command {
  return command
    .option(
      "--data <path>",
      "images of your own instead of CIFAR-10: a .safetensors, or a folder of .npy, with images and labels " +
        "(test), train_images and train_labels; uint8, or float32 from 0 to 1",
      userPath,
    )
    .addOption(
      new Option("--layout <name>", "of --data, where its shape does not tell").choices(LAYOUTS),
    )
    .option(
      "--archive <folder>",
      "take CIFAR-10 from the unpacked official binary archive",
      userPath,
    );
}

/** Images with what tells them from others. */
export interface NamedImages extends ImageSets {
  /** Head of a SHA-256 over images and labels; null for CIFAR-10. */
  readonly hash: string | null;
}

/**
 * The images that the options name, for the network of `plan`. Those of the user's own are counted on stderr.
 *
 * Throws InputError where they cannot be read, have another size than the network takes, or labels of classes
 * that it does not tell apart.
 */
export async function imagesFor(
  plan: NetworkPlan,
  { data, layout, archive }: ImageOptions,
): Promise<NamedImages> {
  if (data === undefined) {
    if (layout !== undefined) throw new InputError("--layout is of --data: name both.");
    const sets = { ...await loadCifar10(archive), hash: null };
    refuseUnfit(plan, sets.test, "CIFAR-10");
    return sets;
  }
  if (archive !== undefined) throw new InputError("Name --data or --archive, not both.");
  const sets = ownImages(await arraysIn(data), data, layout), { train, test } = sets;
  for (const set of [test, train]) refuseUnfit(plan, set, data);
  console.error(`${data}: ${test.count} test images, ${train.count} for training`);
  return { ...sets, hash: hashOf(sets) };
}

/** The arrays of a `.safetensors` file, or of the `.npy` files of a folder, by name. */
async function arraysIn(path: string): Promise<Record<string, ImageArray>> {
  const remedy = "Name a .safetensors file, or a folder with images.npy and labels.npy.";
  if (extname(path) === ".safetensors") {
    return decodeSafetensors(await readBytes(path, remedy), path, remedy).tensors;
  }
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(path)) {
      if (/^(train_|test_)?(images|labels)\.npy$/.test(name)) names.push(name);
    }
  } catch {
    throw new InputError(`${path} is no folder that can be read. ${remedy}`);
  }
  const read = async (name: string) => {
    const file = join(path, name);
    return [name.replace(".npy", ""), parseNpy(await readBytes(file, remedy), file)] as const;
  };
  return Object.fromEntries(await Promise.all(names.sort().map(read)));
}

function refuseUnfit(plan: NetworkPlan, { size = CIFAR10_SIZE, labels }: ImageSet, source: string) {
  const wanted = imagesOf(plan), text = plan.architecture.text;
  if (sizeText(wanted) !== sizeText(size)) {
    throw new InputError(
      `${text} takes images of ${sizeText(wanted)}, those of ${source} have ${
        sizeText(size)
      }. Give images of its ` +
        `size with --data, or import the network with --input-size ${
          sizeText(size)
        } where it takes any size.`,
    );
  }
  const largest = labels.reduce((most, label) => Math.max(most, label), 0);
  if (largest >= plan.classes) {
    throw new InputError(
      `${source} holds the label ${largest}; ${text} tells ${plan.classes} classes apart, 0 to ` +
        `${plan.classes - 1}. Give images of its classes, numbered as in its training.`,
    );
  }
}

function hashOf({ train, test }: ImageSets): string {
  const bytes = ({ pixels, labels }: ImageSet) => [
    new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength),
    labels,
  ];
  const sizes = new TextEncoder().encode(JSON.stringify([test.size, train.count, test.count]));
  return sha256(sizes, ...bytes(train), ...bytes(test)).slice(0, 12);
}
