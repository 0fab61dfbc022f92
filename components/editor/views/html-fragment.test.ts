// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";

import { bugReport } from "@/e2e/bench/lib/bug-report";
import { toHtml } from "@/lib/richtext/to-html";
import { htmlFragment } from "./html-fragment";

const shown = (html: string) => {
  const host = document.createElement("div");
  host.append(htmlFragment(html));
  return host.innerHTML;
};

describe("HTML in the preview", () => {
  it("[G1] is what is sent, but for where its links open", () => {
    const { output } = toHtml(bugReport());
    const host = document.createElement("div");
    host.innerHTML = output;
    for (const link of host.querySelectorAll("a[href]")) link.setAttribute("target", "_blank");
    const kept = document.createElement("div");
    kept.innerHTML = shown(output);
    expect(kept.textContent).toBe(host.textContent);
    expect(kept.querySelectorAll("*")).toHaveLength(host.querySelectorAll("*").length);
  });

  it("[G1] shows our own pictures, and marks an ink for the style sheet", () => {
    const ours = `<img src="${location.origin}/a.png" alt="a">`;
    expect(shown(ours)).toBe(ours);
    const host = document.createElement("div");
    host.append(htmlFragment('<span style="color:#ff0000">a</span>'));
    expect(host.querySelector("span")?.style.getPropertyValue("--ink")).not.toBe("");
    // On a ground of its own it is as readable as the writer made it.
    expect(shown('<span style="background-color:#ffffff;color:#000000">a</span>')).not.toContain("--ink");
  });

  it.each([
    ["a script", "a<script>alert(1)</script>", "a"],
    ["a handler", '<p onclick="alert(1)">a</p>', "<p>a</p>"],
    [
      "a picture that is an address of code",
      '<img src="javascript:alert(1)" onerror="x">',
      '<span role="img" aria-label="Picture"></span>',
    ],
    ["a link that is code", '<a href="javascript:alert(1)">a</a>', "<a>a</a>"],
    ["a frame", '<iframe srcdoc="x">b</iframe>a', "a"],
    ["a form, but not its text", '<form action="/x"><button formaction="/y">a</button></form>', "a"],
    [
      "a style that leaves its place",
      '<div style="position:fixed;color:#ff0000">a</div>',
      '<div style="color:#ff0000">a</div>',
    ],
    [
      "a picture from elsewhere, whose place stays",
      '<img src="https://a.b/c.png" alt="a" width="9">',
      '<span role="img" aria-label="a" style="width: 9px;"></span>',
    ],
    ["names of our own page", '<div id="app" class="dialog">a</div>', "<div>a</div>"],
    ["a name that every object has", "<constructor>a</constructor>", "a"],
  ])("[G1] leaves out %s", (_, html, kept) => {
    expect(shown(html)).toBe(kept);
  });
});
