import { File, Image } from "lucide-react";

import { Linked } from "./adf-inline";
import { amount, attribute, type Node } from "./adf-node";

/**
 * A picture from elsewhere has its place, its size and its words, and no request leaves for it: the page's policy allows
 * our own alone, and the preview must not tell a foreign server who is writing.
 */
export function AdfMedia({ node }: { node: Node }) {
  const url = attribute(node, "url");
  const alt = attribute(node, "alt");
  const [width, height] = [amount(node, "width"), amount(node, "height")];
  const link = node.marks?.find(({ type }) => type === "link");
  const Icon = url === "" ? File : Image;
  const shown = isOurs(url) ? (
    // biome-ignore lint/performance/noImgElement: the picture is not known before somebody writes of it.
    <img src={url} alt={alt} width={width} height={height} />
  ) : (
    <span
      className="adf-media"
      role="img"
      aria-label={alt || "Picture"}
      style={{ width, aspectRatio: ratio(width, height) }}
    >
      <Icon aria-hidden />
      <span>{alt || (url === "" ? "File" : "Picture")}</span>
      {url === "" ? null : <span className="adf-media-url">{hostOf(url)}</span>}
    </span>
  );
  return link ? <Linked href={attribute(link, "href")}>{shown}</Linked> : shown;
}

const ratio = (width?: number, height?: number) => (width && height ? `${width} / ${height}` : undefined);

/** What the page may load: its own, and what it holds itself. */
function isOurs(url: string): boolean {
  if (/^(?:blob:|data:image\/)/.test(url)) return true;
  return typeof window !== "undefined" && hostOf(url) === window.location.host;
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
