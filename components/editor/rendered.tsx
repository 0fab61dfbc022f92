"use client";

import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
};

/** Rendered Markdown. HTML is left out altogether: all that we send are comments, which no tracker shows. */
export default function Rendered({ markdown }: { markdown: string }) {
  return (
    <div className="rich-text">
      <Markdown remarkPlugins={[remarkGfm]} skipHtml disallowedElements={["img"]} components={components}>
        {markdown}
      </Markdown>
    </div>
  );
}
