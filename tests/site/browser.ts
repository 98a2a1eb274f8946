/** The Chromium of this machine, started so that it asks nobody for anything. */
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat(
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
);

const isFile = (path: string) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
};

/** Path of the browser; undefined where there is none, which is said. */
export const BROWSER = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .find(isFile);
if (BROWSER === undefined) {
  console.log("SKIPPED: no Chromium here, the pages are not tested in one");
}

/** Runs `work` in a browser of its own. */
export async function inBrowser(work: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({ executablePath: BROWSER!, args: FLAGS });
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

/** What a page complains of and asks for, collected from here on. */
export function listenTo(page: Page): { readonly faults: string[]; readonly requests: string[] } {
  page.setDefaultTimeout(15_000);
  const faults: string[] = [], requests: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => requests.push(request.url()));
  return { faults, requests };
}

interface Finding {
  readonly impact: string;
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Rules whose findings hang on the colours of a page. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

/** What axe-core finds serious or critical on the page as it stands, in its colours of day and of night. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = async (options: Readonly<Record<string, unknown>>) => {
    const { violations } = await page.evaluate(
      `axe.run(${JSON.stringify({ resultTypes: ["violations"], ...options })})`,
    ) as { readonly violations: Finding[] };
    return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
  };
  const rules = { runOnly: { type: "rule", values: OF_COLOUR } };
  await page.emulateMedia({ colorScheme: "light" });
  const byDay = await found({});
  await page.emulateMedia({ colorScheme: "dark" });
  return [...byDay, ...(await found(rules)).map((finding) => `dark, ${finding}`)];
}
