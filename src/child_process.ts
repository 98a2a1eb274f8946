/** Programs that this one starts: with none of the user's own settings of such programs, ended when it ends. */
import { InputError } from "./input_error.ts";

/** Settings of Python, pip, Jupyter, conda and Deno that change what such a program does. */
const FOREIGN = /^(PIP_|PYTHON|JUPYTER|JPY_|IPYTHON|CONDA|_CE_|VIRTUAL_ENV|__PYVENV|DENO_)/;

/** Of those, the ones that say where things come from and how to reach it. */
const KEPT = new RegExp(
  "^(PIP_(INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX|TRUSTED_HOST|CERT|CLIENT_CERT|PROXY|RETRIES|" +
    "TIMEOUT|DEFAULT_TIMEOUT|CACHE_DIR|NO_CACHE_DIR|CONFIG_FILE|USE_FEATURE|KEYRING_PROVIDER)|" +
    "DENO_(DIR|CERT|TLS_CA_STORE|AUTH_TOKENS|INSTALL))$",
);

/** What a pip.conf of the user's may say against an installation into a folder of ours; empty is unset. */
const PIP = {
  PIP_USER: "0",
  PIP_REQUIRE_VIRTUALENV: "0",
  PIP_TARGET: "",
  PIP_PREFIX: "",
  PIP_ROOT: "",
  PIP_CONSTRAINT: "",
  PIP_DRY_RUN: "0",
};

/** `env` without the user's settings of Python, pip, Jupyter, conda and Deno. */
export function cleanEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(env).filter(([name]) => !FOREIGN.test(name) || KEPT.test(name));
  return { ...Object.fromEntries(own), ...PIP };
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs `work`, which waits for a child process; where this process is told to end meanwhile, `end` is called
 * to end the child, `work` is waited for, so that it clears up, and InputError is thrown.
 */
export async function endingWithUs<T>(end: () => void, work: () => Promise<T>): Promise<T> {
  let told: string | undefined;
  const listeners = SIGNALS.map((signal) => {
    const listener = () => {
      told = signal;
      try {
        end();
      } catch { /* it has ended already */ }
    };
    Deno.addSignalListener(signal, listener);
    return () => Deno.removeSignalListener(signal, listener);
  });
  const interrupted = () => new InputError(`Ended by ${told} before it was done.`);
  try {
    const result = await work();
    if (told !== undefined) throw interrupted();
    return result;
  } catch (error) {
    throw told === undefined ? error : interrupted();
  } finally {
    listeners.forEach((remove) => remove());
  }
}

/** Runs a program to its end as `Deno.Command.output`; it is ended when this process is. */
export function output(
  program: string,
  options: Deno.CommandOptions,
): Promise<Deno.CommandOutput> {
  const child = new Deno.Command(program, options).spawn();
  return endingWithUs(() => child.kill("SIGTERM"), () => child.output());
}
