/** A Python that has `modules`: `PYTORCH_PYTHON`, or one of the project's environments. */
export async function findPyTorch(modules = "torch, safetensors"): Promise<string | null> {
  for (
    const python of [
      Deno.env.get("PYTORCH_PYTHON"),
      ".cache/venv-torch/bin/python",
      ".venv/bin/python",
    ]
  ) {
    if (python === undefined) continue;
    try {
      const check = { args: ["-c", `import ${modules}`], stderr: "null" as const };
      if ((await new Deno.Command(python, check).output()).success) return python;
    } catch { /* not there */ }
  }
  return null;
}
