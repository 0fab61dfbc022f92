const schemes: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"]);

/** What people are told when an address is refused. */
export const hrefRule = "A link starts with https://, http:// or mailto:.";

// Most addresses by far: the URL parser, which takes as long as converting a paragraph, would take them as they are.
const plain = /^https?:\/\/(?:[a-z\d][a-z\d-]*\.)*[a-z][a-z\d-]*(?::\d{1,4})?(?:[/?#][\w!#$%&()*+,\-./:;=?@[\]~]*)?$/;

/**
 * The address as it may stand in a document, or null. An address with characters that only a lenient reader accepts
 * (spaces, line ends, quotes, backslashes) is taken in the form that the URL standard gives it.
 */
export function safeHref(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 8192) return null;
  if (plain.test(value) && !value.includes("xn--")) return value;
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return null;
  }
  if (!schemes.has(url.protocol) || (url.protocol !== "mailto:" && url.hostname === "")) return null;
  return /^[^\s\p{Cc}\p{Cf}\p{Surrogate}"'`<>\\]+$/u.test(value) ? value : encoded(url.href);
}

/** Where a picture may come from: the web alone. */
export function safeImageSrc(value: unknown): string | null {
  const src = safeHref(value);
  return src?.startsWith("mailto:") ? null : src;
}

const encoded = (href: string) =>
  href.replace(/[\s\p{Cc}\p{Cf}"'`<>\\]/gu, (character) =>
    /['\\]/.test(character) ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encodeURIComponent(character),
  );
