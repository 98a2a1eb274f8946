import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { cleanEnvironment } from "@/child_process.ts";

Deno.test("the user's settings of Python, pip, Jupyter, conda and Deno stay outside; mirrors and caches come along", () => {
  const foreign = {
    PIP_USER: "1",
    PIP_TARGET: "/home/me/lib",
    PIP_REQUIRE_VIRTUALENV: "1",
    PIP_NO_BINARY: ":all:",
    PYTHONPATH: "/home/me",
    PYTHONHOME: "/usr",
    PYTHONOPTIMIZE: "2",
    JUPYTER_PATH: "/home/me/jupyter",
    JUPYTERLAB_DIR: "/opt/lab",
    IPYTHONDIR: "/home/me/.ipython",
    CONDA_PREFIX: "/opt/conda",
    VIRTUAL_ENV: "/home/me/venv",
    DENO_NO_UPDATE_CHECK: "1",
    DENO_V8_FLAGS: "--max-old-space-size=10",
  };
  const own = {
    PATH: "/usr/bin",
    HOME: "/home/me",
    PIP_INDEX_URL: "https://mirror.example.org/simple",
    PIP_CACHE_DIR: "/cache",
    DENO_DIR: "/deno",
    HTTPS_PROXY: "http://proxy",
    MY_PIP_USER: "kept",
  };
  const clean = cleanEnvironment({ ...foreign, ...own });
  for (const [name, value] of Object.entries(own)) assert.equal(clean[name], value);
  for (const name of Object.keys(foreign)) {
    assert.ok(["0", "", undefined].includes(clean[name]), name);
  }
});

Deno.test("a command that is told to end ends its child, clears up and says so", async () => {
  const module = pathToFileURL(resolve("src/child_process.ts")).href;
  for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"] as const) {
    const folder = await Deno.makeTempDir();
    const scratch = join(folder, "scratch"), pid = join(folder, "pid");
    const script = `
      const { output } = await import("${module}");
      await Deno.mkdir("${scratch}");
      try {
        await output("sh", { args: ["-c", "echo $$ > ${pid}.part; mv ${pid}.part ${pid}; exec sleep 60"] });
      } catch (error) {
        console.log(error.name, error.message);
      } finally {
        await Deno.remove("${scratch}");
      }`;
    const parent = new Deno.Command(Deno.execPath(), { args: ["eval", script], stdout: "piped" })
      .spawn();
    const child = async () => Number(await Deno.readTextFile(pid).catch(() => "0"));
    while (await child() === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    parent.kill(signal);
    const { stdout } = await parent.output();
    assert.equal(
      new TextDecoder().decode(stdout),
      `InputError Ended by ${signal} before it was done.\n`,
    );
    assert.throws(
      () => Deno.kill(Number(Deno.readTextFileSync(pid)), "SIGCONT"),
      Deno.errors.NotFound,
    );
    await assert.rejects(Deno.stat(scratch), Deno.errors.NotFound);
    await Deno.remove(folder, { recursive: true });
  }
});
