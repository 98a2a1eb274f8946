/** Names of a network's tensors as PyTorch wraps them, and as they are. */
import { InputError } from "../input_error.ts";
import type { StoredTensors } from "./safetensors.ts";

/** Parts that DataParallel and torch.compile put into a name, at any depth. */
const WRAPPERS = new Set(["module", "_orig_mod"]);

/**
 * The tensors of `stored` by their bare names. Understood are the wrappers of DataParallel (`module.`) and
 * torch.compile (`_orig_mod.`), and one prefix that all of a network's names share (`state_dict.`, `model.`,
 * a module's name). Names beyond the network's stay as they are.
 *
 * @param first a name that every such network has
 * Throws InputError where the file holds more than one such network.
 */
export function bareNames(stored: StoredTensors, first: string, path: string): StoredTensors {
  const named = Object.entries(stored).map(([name, tensor]) => ({
    name,
    bare: name.split(".").filter((part) => !WRAPPERS.has(part)).join("."),
    tensor,
  }));
  const all = named.filter(({ bare }) => bare === first || bare.endsWith(`.${first}`));
  const plain = all.filter(({ bare }) => bare === first);
  const found = plain.length > 0 ? plain : all;
  if (found.length > 1) {
    const prefixes = found.map(({ name }) => `"${name.slice(0, -first.length)}"`);
    throw new InputError(
      `${path} holds ${found.length} networks, under ${
        prefixes.join(" and ")
      }. Write one of them into ` +
        `a file of its own.`,
    );
  }
  const prefix = found[0]?.bare.slice(0, -first.length) ?? "";
  return Object.fromEntries(
    named.map(({ bare, tensor }) => [
      bare.startsWith(prefix) ? bare.slice(prefix.length) : bare,
      tensor,
    ]),
  );
}
