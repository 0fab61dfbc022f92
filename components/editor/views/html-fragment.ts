import { safeHref, safeImageSrc } from "@/lib/richtext/href";
import { allowedStyles, allowedTags } from "@/lib/richtext/html/allowed";

/**
 * HTML as nodes that are made anew from the list of what we send. What is not on the list is left out, with its text
 * kept: nothing of the source reaches the page but letters and values that were looked at.
 */
export function htmlFragment(html: string): DocumentFragment {
  // A document of its own: nothing in it loads or runs.
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...[...body.childNodes].flatMap(copy));
  return fragment;
}

const unread: ReadonlySet<string> = new Set(["script", "style", "template", "iframe", "object", "title"]);

function copy(node: Node): Node[] {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.nodeValue ?? "")];
  if (!(node instanceof Element)) return [];
  const name = node.localName;
  if (unread.has(name)) return [];
  const children = [...node.childNodes].flatMap(copy);
  const attributes = Object.hasOwn(allowedTags, name) ? allowedTags[name] : undefined;
  if (!attributes) return children;
  if (name === "img" && !isOurs(node.getAttribute("src"))) return [placeOf(node)];
  const made = document.createElement(name);
  for (const attribute of attributes) {
    const value = allowed(attribute, node.getAttribute(attribute));
    if (value !== null) made.setAttribute(attribute, value);
  }
  // A person is shown, and leads nowhere from here.
  if (name === "a" && made.hasAttribute("href")) made.setAttribute("target", "_blank");
  // The style sheet makes of an ink what can be read on the page.
  if (name === "span" && made.style.color !== "" && !made.style.backgroundColor)
    made.style.setProperty("--ink", made.style.color);
  made.append(...children);
  return [made];
}

const isOurs = (src: string | null) => src !== null && URL.parse(src, location.href)?.origin === location.origin;

/** No request leaves for a picture from elsewhere: its words and its size stand for it, as in the other views. */
function placeOf(picture: Element): HTMLElement {
  const place = document.createElement("span");
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", picture.getAttribute("alt") || "Picture");
  for (const side of ["width", "height"] as const) {
    const pixels = Number(picture.getAttribute(side));
    if (pixels > 0) place.style[side] = `${Math.min(pixels, 2_000)}px`;
  }
  return place;
}

function allowed(attribute: string, value: string | null): string | null {
  if (value === null) return null;
  if (attribute === "href") return safeHref(value);
  if (attribute === "src") return safeImageSrc(value);
  if (attribute !== "style") return value;
  return value
    .split(";")
    .filter((declaration) => {
      const [property = "", ...rest] = declaration.split(":");
      return Object.hasOwn(allowedStyles, property) && allowedStyles[property]?.test(rest.join(":"));
    })
    .join(";");
}
