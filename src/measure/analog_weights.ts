/** Weight files of networks on crossbars. */
import { type AnalogNetwork, restoredNetwork, storedNetwork } from "../analog/mod.ts";
import { writeFileAtomically } from "../atomic_write.ts";
import type { Hardware } from "../config.ts";
import { InputError } from "../input_error.ts";
import { readBytes } from "../read_bytes.ts";
import { identityOf } from "../space/mod.ts";
import { decodeSafetensors, differences, encodeSafetensors, type Json } from "../train/mod.ts";

/**
 * Writes what training on the simulator changes to `path`, atomically, with the cell and the hardware;
 * `loadAnalog` reads it.
 */
export async function saveAnalog(
  path: string,
  network: AnalogNetwork,
  origin: Readonly<Record<string, string>>,
): Promise<void> {
  const { plan, hardware } = network;
  const onTiles = weightsOnTiles(network);
  const tensors = Object.entries(storedNetwork(network)).filter(([name]) => !onTiles.has(name));
  const bytes = encodeSafetensors(Object.fromEntries(tensors), {
    ...origin,
    ...identityOf(plan.architecture),
    hardware: JSON.stringify(hardware),
  });
  await writeFileAtomically(path, bytes);
}

/**
 * The network that `saveAnalog` wrote to `path`, with the layout and hardware of `like`. Files of before
 * hardware was stored in them are held against names and shapes alone.
 *
 * Throws InputError where the file is missing or damaged, says another cell or other hardware, or holds
 * another layout.
 */
export async function loadAnalog(path: string, like: AnalogNetwork): Promise<AnalogNetwork> {
  const bytes = await readBytes(path, "Name the hwt.safetensors of a unit.");
  const { tensors, metadata } = decodeSafetensors(bytes, path);
  const { cell, space, architecture, hardware } = metadata;
  const differing = [
    ...differences({ cell, space, architecture }, identityOf(like.plan.architecture)),
    ...(hardware === undefined ? [] : hardwareDifferences(hardware, like.hardware, path)),
  ];
  if (differing.length > 0) {
    throw new InputError(
      `${path} was trained as another network on crossbars: ${
        differing.join("; ")
      }. Convert to what it ` +
        `was trained on; other hardware comes after that (\`remapped\`).`,
    );
  }
  const onTiles = weightsOnTiles(like);
  const digital = Object.entries(storedNetwork(like)).filter(([name]) => onTiles.has(name));
  return restoredNetwork(like, { ...Object.fromEntries(digital), ...tensors }, path);
}

/** Names of the digital weights whose layers are on tiles: the tiles hold what has become of them. */
const weightsOnTiles = ({ layers }: AnalogNetwork) =>
  new Set(Object.keys(layers).map((layer) => `${layer}.weight`));

/**
 * Settings of which the file says another value; it says nothing of settings that came after it. What reads
 * the network out has no part in its training.
 */
function hardwareDifferences(text: string, hardware: Hardware, path: string): string[] {
  let stated: Record<string, unknown>;
  try {
    stated = JSON.parse(text);
  } catch {
    throw new InputError(
      `${path} is damaged: the hardware that it names is no JSON. Train it again.`,
    );
  }
  const { simulator: _, ...trained } = stated;
  const known = (Object.entries(hardware) as [string, Json][]).filter(([name]) => name in trained);
  return differences(trained, Object.fromEntries(known), "hardware");
}
