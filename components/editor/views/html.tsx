"use client";

import { useLayoutEffect, useRef } from "react";

import { htmlFragment } from "./html-fragment";

/**
 * HTML as a browser shows it. In a shadow root instead of a frame: there our style sheets do not reach it, it is as high
 * as its content, and colours follow the page. What a frame would keep out is kept out by making every node anew.
 */
export default function HtmlView({ html }: { html: string }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    // A `style` element would need the page's nonce.
    root.adoptedStyleSheets = [styles()];
    root.replaceChildren(htmlFragment(html));
  }, [html]);
  return <div ref={host} className="overflow-x-auto" />;
}

let sheet: CSSStyleSheet | undefined;

/** The little that Azure DevOps adds to a browser's own style; custom properties come in from the page. */
function styles(): CSSStyleSheet {
  if (sheet) return sheet;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; color: var(--fg); font: 14px/1.5 "Segoe UI", system-ui, sans-serif; overflow-wrap: anywhere; }
    :first-child { margin-block-start: 0; }
    a { color: var(--link); }
    span[style*="--ink"]:not([style*="background"] *) {
      color: oklch(from var(--ink) clamp(var(--ink-darkest), l, var(--ink-lightest)) c h) !important;
    }
    img { max-width: 100%; height: auto; }
    [role="img"] {
      display: inline-flex; box-sizing: border-box; max-width: 100%; padding: 4px 8px;
      align-items: center; justify-content: center; overflow: hidden; vertical-align: middle;
      border: 1px dashed var(--line-strong); border-radius: 4px; background: var(--subtle); font-size: 13px;
    }
    [role="img"]::before { content: attr(aria-label); }
    pre { padding: 8px; background: var(--subtle); color: var(--fg); white-space: pre-wrap; }
    code, pre { font-family: Consolas, Menlo, monospace; font-size: 0.93em; }
    blockquote { margin-inline: 0; padding-inline-start: 12px; border-inline-start: 4px solid var(--line-strong); }
    hr { border: 0; border-top: 1px solid var(--line-strong); }
  `);
  return sheet;
}
