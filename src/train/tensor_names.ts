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
  if (first in stored) return stored;
  const unwrapped = Object.entries(stored).map(([name, tensor]) =>
    [name.split(".").filter((part) => !WRAPPERS.has(part)).join("."), tensor] as const
  );
  const prefixes = unwrapped.map(([name]) => name)
    .filter((name) => name === first || name.endsWith(`.${first}`))
    .map((name) => name.slice(0, -first.length));
  if (prefixes.length === 0) return stored;
  if (prefixes.length > 1) {
    throw new InputError(
      `${path} holds ${prefixes.length} networks, under ${
        prefixes.map((prefix) => `"${prefix}"`).join(" and ")
      }. Write one of them into a file of its own.`,
    );
  }
  const [prefix] = prefixes;
  return Object.fromEntries(
    unwrapped.map(([name, tensor]) => [
      name.startsWith(prefix) ? name.slice(prefix.length) : name,
      tensor,
    ]),
  );
}
