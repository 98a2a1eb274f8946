/** `deno task lab`: JupyterLab with the Deno kernel on a free local port. */
import { randomUUID } from "node:crypto";
import { LAB_CONFIG, prepareJupyter } from "../notebook/mod.ts";
import { command, main } from "./command.ts";
import { wholeNumber } from "./numbers.ts";

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Resolves to true as soon as the server answers, to false where it has ended before. */
async function answers(url: string, ended: Promise<unknown>): Promise<boolean> {
  let over = false;
  ended.then(() => over = true);
  while (!over) {
    const response = await fetch(url).catch(() => null);
    await response?.body?.cancel();
    if (response?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function lab(options: { port?: number; open?: boolean }): Promise<void> {
  const jupyter = await prepareJupyter(".", (note) => console.error(`${note} ...`));
  const port = options.port ?? freePort();
  const token = randomUUID();
  const server = new Deno.Command(jupyter.python, {
    args: [
      ...["-m", "jupyterlab", "--ip=127.0.0.1", `--port=${port}`, "--ServerApp.port_retries=0"],
      ...["--ServerApp.root_dir=.", "--ServerApp.answer_yes=True", "--Application.log_level=WARN"],
      `--config=${LAB_CONFIG}`,
      ...["--LabApp.default_url=/lab/tree/notebooks", "--LabApp.extension_manager=readonly"],
      ...(options.open === true ? [] : ["--no-browser"]),
      ...(Deno.uid() === 0 ? ["--allow-root"] : []),
    ],
    // JupyterLab waits a second for names; the language server takes some to read the workspace.
    env: { ...jupyter.env, JUPYTER_TOKEN: token, ANALOGNAS_WARM_UP: "1" },
    clearEnv: true,
  }).spawn();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => server.kill("SIGTERM"));
  }
  const base = `http://127.0.0.1:${port}`;
  if (await answers(`${base}/api`, server.status)) {
    console.log(`\nJupyterLab: ${base}/lab/tree/notebooks?token=${token}\nCtrl-C ends it.\n`);
  }
  const { code, signal } = await server.status;
  Deno.exit(signal === null ? code : 0);
}

const program = command("lab", "Starts JupyterLab with the Deno kernel and prints its address.")
  .option("--port <number>", "local port (default: a free one)", wholeNumber("--port", 1, 65_535))
  .option("--open", "open it in the browser")
  .action(lab);

await main(program);
