/** Parts of a config on top of each other. */

type Settings = Readonly<Record<string, unknown>>;

const isSettings = (value: unknown): value is Settings =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * `base` with what `over` says, at every depth. Settings of another kind replace those of the base as a whole:
 * `{ kind: "ideal" }` leaves no bits behind, and `{ resolution: 0.1 }` names a kind that the base is not.
 */
export function overlaid(base: Settings, over: Settings): Settings {
  const entries = Object.entries(over).map(([name, value]) => {
    const below = base[name];
    const joins = isSettings(value) && isSettings(below) && isSameKind(below, value);
    return [name, joins ? overlaid(below, value) : value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}

function isSameKind(base: Settings, over: Settings): boolean {
  if (base.kind === undefined) return true;
  return over.kind === undefined
    ? Object.keys(over).every((name) => name in base)
    : over.kind === base.kind;
}
