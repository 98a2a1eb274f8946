/** The pinned wheels of TensorFlow, and whether a file is one. */
import { createHash } from "node:crypto";
import { InputError } from "../input_error.ts";

/** A wheel as pip names it, with the hash that pins it. */
export interface Wheel {
  readonly requirement: string;
  readonly platform: string;
  readonly sha256: string;
  readonly megabytes: number;
}

/**
 * The pinned wheel of each processor, under Linux (PyPI, CPython 3.11 tag; used as archives only, the tag does
 * not matter). Both hold libraries of the same names. For arm64 binding and kernels were compiled and linked, and
 * nothing was run.
 */
const WHEELS: Readonly<Partial<Record<typeof Deno.build.arch, Wheel>>> = {
  x86_64: {
    requirement: "tensorflow-cpu==2.15.1",
    platform: "manylinux2014_x86_64",
    sha256: "54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26",
    megabytes: 207,
  },
  aarch64: {
    requirement: "tensorflow-cpu-aws==2.15.1",
    platform: "manylinux2014_aarch64",
    sha256: "d4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e",
    megabytes: 212,
  },
};

/** The pinned wheel of a system. Throws InputError where there is none. */
export function wheelFor({ os, arch }: Pick<typeof Deno.build, "os" | "arch">): Wheel {
  const wheel = WHEELS[arch];
  if (os === "linux" && wheel !== undefined) return wheel;
  throw new InputError(
    `TensorFlow is set up on Linux only (x86-64; arm64 compiles, never run), not on ${os} ${arch}. ` +
      "Everything on the published table works without it; for training use Linux, WSL2 or a container.",
  );
}

/** Throws InputError where the file at `wheel` cannot be read or is not the pinned one. */
export async function checkHash(wheel: string, pinned: Wheel): Promise<void> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of (await Deno.open(wheel)).readable) hash.update(chunk);
  } catch (error) {
    throw new InputError(`Cannot read the wheel ${wheel}: ${(error as Error).message}.`);
  }
  if (hash.digest("hex") !== pinned.sha256) throw wrongHash(wheel, pinned);
}

/** The error for a file whose hash is another. */
export function wrongHash(what: string, { requirement, sha256, platform }: Wheel): InputError {
  return new InputError(
    `The hash of ${what} is not that of the pinned wheel ${requirement} ` +
      `(sha256 ${sha256}). The file is truncated, another one, or has been tampered with; ` +
      `fetch the CPython 3.11 wheel for ${platform} again.`,
  );
}
