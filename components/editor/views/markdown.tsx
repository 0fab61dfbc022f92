"use client";

import { useMemo } from "react";
import Markdown, { type Components, type Options } from "react-markdown";
import rehypeRaw from "rehype-raw";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";

import { guard } from "@/lib/richtext/from-markdown/guard";
import { allowLists } from "./markdown-allow-list";
import { alerts, lineBreaks } from "./markdown-plugins";
import "./views.css";

type Flavor = keyof typeof allowLists;

/**
 * Markdown as GitHub and GitLab would show it, by a renderer that shares nothing with our converters: what a conversion
 * got wrong is wrong here too.
 */
export default function MarkdownView({ markdown, flavor }: { markdown: string; flavor: Flavor }) {
  // A text made to keep the parser busy must not keep the page busy; `rest` is what is left then.
  const { source, rest } = useMemo(() => guard(markdown.split("\n")), [markdown]);
  return (
    <div className="rich-text tracker-markdown">
      <Markdown {...plugins[flavor]} components={components}>
        {source}
      </Markdown>
      {rest === "" ? null : <pre>{rest}</pre>}
    </div>
  );
}

const pluginsOf = (flavor: Flavor): Options => ({
  remarkPlugins: flavor === "gfm" ? [remarkGfm, lineBreaks] : [remarkGfm],
  rehypePlugins: [rehypeRaw, [rehypeSanitize, allowLists[flavor]], alerts],
  // The allow-list puts it before every name.
  remarkRehypeOptions: { clobberPrefix: "" },
});
const plugins: Record<Flavor, Options> = { gfm: pluginsOf("gfm"), glfm: pluginsOf("glfm") };

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ src, alt, width, height }) => (
    <Picture src={typeof src === "string" ? src : ""} alt={alt ?? ""} width={width} height={height} />
  ),
  // The picture inside is shown, which all of them stand for.
  source: () => null,
  input: ({ checked }) => (
    <input type="checkbox" disabled checked={checked === true} aria-label={checked ? "Done" : "Not done"} />
  ),
  // biome-ignore lint/a11y/noNoninteractiveTabindex: as below.
  pre: ({ node: _, ...pre }) => <pre tabIndex={0} {...pre} />,
  table: ({ node: _, ...table }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be within reach of the keyboard.
    <div className="tracker-table" tabIndex={0}>
      <table {...table} />
    </div>
  ),
};

type Size = string | number | undefined;

/** The place, the size and the words of a picture: no request leaves for it, so that no stranger learns who writes here. */
function Picture({ src, alt, width, height }: { src: string; alt: string; width: Size; height: Size }) {
  const size = (value: Size) => (Number(value) > 0 ? Number(value) : undefined);
  const style = {
    width: size(width),
    minHeight: size(height) === undefined ? undefined : Math.min(Number(height), 400),
  };
  return (
    <span className="tracker-picture" role="img" aria-label={alt || "Picture"} style={style}>
      <span>{alt || "Picture"}</span>
      <span className="tracker-picture-address">{src}</span>
    </span>
  );
}
