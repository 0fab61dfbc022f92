import { Fences } from "./fences";
import type { Flavor } from "./origin";

/** The lines of a text, with what is no Markdown but what trackers read as well written in Markdown's own way. */
export function prepare(markdown: string, flavor: Flavor): string[] {
  // NUL is no character of a text; the parser makes the same of it, with more ado.
  const lines = markdown
    .replace(/^\uFEFF/, "")
    .replaceAll("\0", "\uFFFD")
    .replace(/\r\n?/g, "\n")
    .split("\n");
  return formulas(flavor === "glfm" ? quotes(frontMatter(lines)) : frontMatter(lines));
}

/** Settings of a page above its text: a block of code, as GitLab shows them. */
function frontMatter(lines: string[]): string[] {
  if (lines[0]?.trimEnd() !== "---") return lines;
  const end = lines.findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  const settings = lines.slice(1, end);
  if (end < 2 || !settings.every((line) => /^(?:[\w.-]+:(?:\s|$)|\s|#|-\s|$)/.test(line))) return lines;
  return ["```yaml", ...settings, "```", ...lines.slice(end + 1)];
}

/** A quote of several paragraphs between two lines of `>>>`. https://docs.gitlab.com/user/markdown/#multiline-blockquote */
function quotes(lines: string[]): string[] {
  if (!lines.some((line) => line.startsWith(">>>"))) return lines;
  const fences = new Fences();
  const open: number[] = [];
  return lines.map((line) => {
    const level = "> ".repeat(open.length);
    const signs = /^(>{3,})\s*$/.exec(line)?.[1]?.length ?? 0;
    if (fences.covers(line) || signs === 0) return level + line;
    if (open.length > 0 && signs >= (open.at(-1) ?? 0)) {
      open.pop();
      return "> ".repeat(open.length);
    }
    if (open.length === most) return level + line;
    open.push(signs);
    return level;
  });
}

/** Quotes in quotes; nobody reads more. */
const most = 10;

/** A formula between two lines of `$$`: a block of code. */
function formulas(lines: string[]): string[] {
  if (!lines.some((line) => line.trim() === "$$")) return lines;
  const fences = new Fences();
  const out = [...lines];
  let start = -1;
  let count = 0;
  for (const [at, line] of lines.entries()) {
    if (fences.covers(line)) start = -1;
    else if (line.trim() !== "$$") continue;
    else if (start === -1) start = at;
    else {
      const inner = lines.slice(start + 1, at);
      if (inner.some((code) => /^\s*`{3}/.test(code))) continue;
      out[start] = line.replace("$$", "```math");
      out[at] = line.replace("$$", "```");
      start = -1;
      count += 1;
      if (count === mostFormulas) break;
    }
  }
  return out;
}

/** A thesis has fewer. Each makes the text a little longer. */
const mostFormulas = 1_000;
