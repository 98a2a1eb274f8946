/**
 * Runs many commands, one after the other, in one process: reads a list of [command, arguments] from standard
 * input and prints what each printed and how it ended. Most of a command's time is the start of Deno, and what
 * commands refuse they refuse before they compute. Each runs as `deno task` would run it: its file is evaluated
 * again with its arguments, and where it ends the process, it is that command that ends.
 */
import process from "node:process";
import { format } from "node:util";
import type { Outcome } from "./run.ts";

/** Thrown where a command would end the process. */
class Ended extends Error {
  constructor(readonly code: number) {
    super("ended");
  }
}

const given: readonly (readonly [string, readonly string[]])[] = JSON.parse(
  await new Response(Deno.stdin.readable).text(),
);
const print = console.log;
const outcomes: Outcome[] = [];
for (const [k, [file, args]] of given.entries()) {
  let out = "", err = "";
  const toOut = (...parts: unknown[]) => void (out += `${format(...parts)}\n`);
  const toErr = (...parts: unknown[]) => {
    if (!(parts[0] instanceof Ended)) err += `${format(...parts)}\n`;
  };
  Object.assign(console, { log: toOut, info: toOut, error: toErr, warn: toErr });
  process.stdout.write = (text) => (out += String(text), true);
  process.stderr.write = (text) => (err += String(text), true);
  let ended: number | null = null;
  process.exit = (code) => {
    ended = Number(code ?? 0);
    throw new Ended(ended);
  };
  Object.defineProperty(Deno, "args", { value: [...args], configurable: true });
  process.exitCode = 0;
  try {
    await import(new URL(`../../src/cli/${file}?${k}`, import.meta.url).href);
  } catch (error) {
    if (!(error instanceof Ended)) err += `${error}\n    at an uncaught error\n`;
  }
  outcomes.push({ code: ended ?? Number(process.exitCode ?? 0), out, err });
}
process.exitCode = 0;
print(JSON.stringify(outcomes));
