/** Both protocols whole, from cells of the replication that were measured under each. */
import type { SettingStudy } from "../../table/mod.ts";
import type { Row } from "../../table/schema.ts";

/** Setting of `bothProtocols` that stands for all oddities corrected together. */
export const ALL_ODDITIES = "all";

/**
 * The corrected protocol as one more variant of the published one: the rows of both, and two settings. No
 * rows where no cell and seed was measured under both. A plan has one config a protocol.
 */
export function bothProtocols(
  replication: readonly Row[],
): Pick<SettingStudy, "rows" | "settings"> {
  const configOf = (protocol: Row["protocol"]) =>
    replication.find((row) => row.protocol === protocol)?.config_id;
  const [published, corrected] = [configOf("as_published"), configOf("corrected")];
  if (published === undefined || corrected === undefined) return { rows: [], settings: [] };
  const key = ({ cell_index, seed }: Row) => `${cell_index} ${seed}`;
  const both = new Set(replication.filter((row) => row.config_id === corrected).map(key));
  return {
    rows: replication.filter((row) => both.has(key(row))),
    settings: [
      { setting: "default", value: "as_published", config_id: published },
      { setting: ALL_ODDITIES, value: "corrected", config_id: corrected },
    ],
  };
}
