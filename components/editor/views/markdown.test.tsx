import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import MarkdownView from "./markdown";

const shown = (markdown: string, flavor: "gfm" | "glfm" = "gfm") =>
  renderToStaticMarkup(<MarkdownView markdown={markdown} flavor={flavor} />)
    .replace(/^<div class="rich-text tracker-markdown">|<\/div>$/g, "")
    .replace(/(?<=>)\n+|\n+$/g, "");

describe("[G5] Markdown as the tracker shows it", () => {
  const pairs: [what: string, markdown: string, html: string][] = [
    ["marks", "**a** _b_ ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>"],
    [
      "HTML of the list",
      "<ins>a</ins> <mark>b</mark> H<sub>2</sub>",
      "<p><ins>a</ins> <mark>b</mark> H<sub>2</sub></p>",
    ],
    ["a line end", "a\nb", "<p>a<br/>b</p>"],
    ["a comment", "a<!-- -->b\n\n<!-- x -->", "<p>ab</p>"],
    [
      "an alert",
      "> [!WARNING]\n> a **b**",
      '<div class="markdown-alert" data-alert="warning"><p class="markdown-alert-title">Warning</p><p>a <strong>b</strong></p></div>',
    ],
    [
      "an alert without a text in its first paragraph",
      "> [!TIP]\n>\n> - a",
      '<div class="markdown-alert" data-alert="tip"><p class="markdown-alert-title">Tip</p><ul><li>a</li></ul></div>',
    ],
    ["no alert behind a backslash", "> \\[!NOTE]\n> a", "<blockquote><p>[!NOTE]<br/>a</p></blockquote>"],
    ["no alert in a list", "- > [!NOTE]\n  > a", "<ul><li><blockquote><p>[!NOTE]<br/>a</p></blockquote></li></ul>"],
    [
      "tasks",
      "- [x] a\n- [ ] b",
      '<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" disabled="" aria-label="Done" checked=""/> a</li>' +
        '<li class="task-list-item"><input type="checkbox" disabled="" aria-label="Not done"/> b</li></ul>',
    ],
    [
      "details with Markdown inside",
      "<details open>\n<summary>s</summary>\n\n**a**\n\n</details>",
      '<details open=""><summary>s</summary><p><strong>a</strong></p></details>',
    ],
    [
      "a table",
      "| a | b |\n|:--|--:|\n| 1 | 2 |",
      '<div class="tracker-table" tabindex="0"><table><thead><tr><th style="text-align:left">a</th>' +
        '<th style="text-align:right">b</th></tr></thead><tbody><tr><td style="text-align:left">1</td>' +
        '<td style="text-align:right">2</td></tr></tbody></table></div>',
    ],
    [
      "a table in HTML",
      '<table>\n<tr><td colspan="2" align="center">a</td></tr>\n</table>',
      '<div class="tracker-table" tabindex="0"><table><tbody><tr><td colSpan="2" style="text-align:center">a</td>' +
        "</tr></tbody></table></div>",
    ],
    [
      "a picture, which is not fetched",
      '![a](https://x.y/z.png) <img src="https://x.y/w.png" alt="b" width="20">',
      '<p><span class="tracker-picture" role="img" aria-label="a"><span>a</span><span class="tracker-picture-address">https://x.y/z.png</span></span> ' +
        '<span class="tracker-picture" role="img" aria-label="b" style="width:20px"><span>b</span><span class="tracker-picture-address">https://x.y/w.png</span></span></p>',
    ],
    [
      "a link",
      "[a](https://x.y)",
      '<p><a href="https://x.y" target="_blank" rel="noopener noreferrer nofollow">a</a></p>',
    ],
  ];
  it.each(pairs)("[G5] %s", (_, markdown, html) => {
    expect(shown(markdown)).toBe(html);
  });

  it("[G5] joins lines as GitLab does", () => {
    expect(shown("a\nb", "glfm")).toBe("<p>a\nb</p>");
  });
});

describe("[G5] what trackers take out, and what must not run here", () => {
  it.each([
    ['<span style="color:red" class="x">a</span>', "<p><span>a</span></p>"],
    ["<u>a</u> <font color=red>b</font>", "<p>a b</p>"],
    ["<script>alert(1)</script>", ""],
    ["a <script>alert(1)</script> b", "<p>a  b</p>"],
    ['<img src=x onerror="alert(1)">', ""],
    ['<a href="javascript:alert(1)">a</a>', "<p><a"],
    ["[a](javascript:alert(1))", "<p><a target"],
    ['<iframe src="https://x.y"></iframe>', ""],
    ["<form><button>a</button></form>", "a"],
    ['<div onclick="alert(1)">a</div>', "<div>a</div>"],
    ["<style>*{display:none}</style>", ""],
    ['<svg onload="alert(1)"><a href="https://x.y">a</a></svg>', "a"],
    ['<input type="text" value="a">', "<input"],
  ])("[G5] %s", (markdown, html) => {
    const found = shown(markdown);
    expect(found).toContain(html);
    expect(found).not.toMatch(/script|alert\(|onerror=|onload=|onclick=|<iframe|<style|<img|type="text"/);
  });

  it("[G5] fetches nothing", () => {
    const found = shown(
      '![a](https://x.y/a.png)\n\n<picture><source srcset="https://x.y/b.png"><img src="https://x.y/c.png"></picture>\n\n' +
        '<video src="https://x.y/d.mp4"></video><table background="https://x.y/e.png"><tr><td>f</td></tr></table>',
    );
    expect(found).not.toMatch(/<img|<video|srcset|src=|background/i);
    expect(found).toContain("https://x.y/c.png");
  });

  it("[G5] shows the letters of a text that is made to keep it busy", () => {
    const hostile = "*a_ ".repeat(60_000);
    expect(shown(hostile)).toContain("*a_ *a_ *a_");
  });
});
