/** Runs the examples of pages: the ```ts blocks of each, one after the other, as a notebook would. */
import assert from "node:assert/strict";

/** A page's blocks as one program; `expression; //= answer` becomes an assertion. */
export function program(page: string): string {
  const blocks = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
  const asked = /^(?!const |\s)(.+); \/\/= (.*)$/gm;
  const tested = blocks.join("\n").replaceAll(
    asked,
    (_, expression, answer) => `same(${expression}, ${JSON.stringify(answer)});`,
  );
  return `import assert from "node:assert/strict";
const same = (found: unknown, answer: string) =>
  assert.equal(typeof found === "string" ? found : JSON.stringify(found), answer);
${tested}`;
}

/** Type-checks and runs the examples of docs/api/<name>.md, all names in one process. */
export async function runPages(names: readonly string[]): Promise<void> {
  const cwd = await Deno.makeTempDir();
  try {
    for (const name of names) {
      const source = program(await Deno.readTextFile(`docs/api/${name}.md`));
      assert.ok(
        (source.match(/^same\(/gm) ?? []).length > 1,
        `${name}: a page has answers to hold`,
      );
      await Deno.writeTextFile(`${cwd}/${name}.ts`, source);
    }
    const main = names.map((name) => `import "./${name}.ts";`).join("\n");
    await Deno.writeTextFile(`${cwd}/main.ts`, main);
    const args = ["run", "-A", "--check", "--quiet", "--config", await Deno.realPath("deno.json")];
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...args, "main.ts"],
      cwd,
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
}
