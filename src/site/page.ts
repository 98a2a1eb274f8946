/** A whole HTML file: nothing in it asks for anything outside it. */
import { escaped } from "../explorer/mod.ts";

/** A page with its style inside; `body` and `scripts` are markup. */
export function page(title: string, style: string, body: string, scripts = ""): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
${scripts}
</body>
</html>
`;
}
