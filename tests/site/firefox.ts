/** The Firefox of this machine, driven by WebDriver BiDi (w3.org/TR/webdriver-bidi), which it speaks itself. */

const isFile = (path: string) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
};

/** Path of the browser; undefined where there is none, which is said. */
export const FIREFOX = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/snap/bin/firefox"].find(
  isFile,
);
if (FIREFOX === undefined) {
  console.log("SKIPPED: no Firefox here, the pages are not tested in one");
}

/** One tab, and what it complained of and asked for. */
export interface Tab {
  readonly faults: readonly string[];
  readonly requests: readonly string[];
  /** Opens a page and waits until it is loaded. */
  open(url: string): Promise<void>;
  /** Value of a script's expression, awaited; a string. */
  evaluate(expression: string): Promise<string>;
}

/** A message of the browser: the answer to a command, or an event. */
interface Message {
  readonly id?: number;
  readonly type: "success" | "error" | "event";
  readonly result?: Record<string, unknown>;
  readonly message?: string;
  readonly method?: string;
  readonly params?: {
    readonly level?: string;
    readonly text?: string;
    readonly request?: { readonly url: string };
  };
}

/** Runs `work` in a Firefox with an empty profile. */
export async function inFirefox(work: (tab: Tab) => Promise<void>): Promise<void> {
  const profile = await Deno.makeTempDir({ prefix: "firefox_" });
  const child = new Deno.Command(FIREFOX!, {
    args: ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile],
    env: { MOZ_CRASHREPORTER_DISABLE: "1" },
    stdout: "null",
    stderr: "piped",
  }).spawn();
  try {
    const address = await listening(child.stderr);
    const socket = new WebSocket(`${address}/session`);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    await work(await tabOf(socket));
    socket.close();
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(profile, { recursive: true });
  }
}

/** The address that the browser says it listens on; what it says later is read and dropped. */
function listening(errors: ReadableStream<Uint8Array>): Promise<string> {
  return new Promise((resolve, reject) => {
    (async () => {
      let said = "";
      const decoder = new TextDecoder();
      for await (const bytes of errors) {
        said += decoder.decode(bytes, { stream: true });
        const address = said.match(/WebDriver BiDi listening on (ws:\S+)/)?.[1];
        if (address !== undefined) resolve(address);
      }
      reject(new Error(`Firefox ended: ${said}`));
    })();
  });
}

async function tabOf(socket: WebSocket): Promise<Tab> {
  const waiting = new Map<number, (message: Message) => void>();
  const faults: string[] = [], requests: string[] = [];
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data) as Message, { id, method, params } = message;
    if (id !== undefined) waiting.get(id)?.(message);
    if (method === "log.entryAdded" && params?.level === "error") faults.push(params.text ?? "");
    if (method === "network.beforeRequestSent") requests.push(params!.request!.url);
  };
  let count = 0;
  const send = async (method: string, params: unknown) => {
    const id = ++count;
    const answer = new Promise<Message>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { type, result, message } = await answer;
    if (type === "error") throw new Error(`${method}: ${message}`);
    return result!;
  };
  await send("session.new", { capabilities: {} });
  await send("session.subscribe", { events: ["log.entryAdded", "network.beforeRequestSent"] });
  const { context } = await send("browsingContext.create", { type: "tab" });
  return {
    faults,
    requests,
    async open(url) {
      await send("browsingContext.navigate", { context, url, wait: "complete" });
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await send("script.evaluate", {
        expression,
        target: { context },
        awaitPromise: true,
      }) as {
        result?: { readonly value?: unknown };
        exceptionDetails?: { readonly text: string };
      };
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
      return String(result?.value);
    },
  };
}
