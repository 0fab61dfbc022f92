const mostCharacters = 150;

/**
 * A name that is only a name: the last part of a path, without control and format characters (which could turn its
 * direction, so that "gpj.exe" looks like "exe.jpg"), short enough for any disk.
 */
export function safeName(given: string): string {
  const last = withoutControls(given).split(/[/\\]/).at(-1) ?? "";
  // Windows drops dots and spaces at the end; ".." and "." are places.
  const trimmed = last
    .normalize("NFC")
    .replace(/[. ]+$/, "")
    .trim();
  return cut(trimmed) || "file";
}

/** A path as a report names it, on one line. */
export const safePath = (given: string): string => withoutControls([...given].slice(0, 1_000).join(""));

// A joiner holds emoji of several parts together; every other format character is invisible, or turns the direction.
const withoutControls = (text: string) => text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?!\u200d)\p{Cf}/gu, "");

/** Shortens the name in front of its extension, which says what it is. */
function cut(name: string): string {
  const characters = [...name];
  if (characters.length <= mostCharacters) return name;
  const extension = /\.\w{1,10}$/.exec(name)?.[0] ?? "";
  return `${characters.slice(0, mostCharacters - extension.length - 1).join("")}…${extension}`;
}

/** The header Content-Disposition of RFC 6266: the name for old clients, and the one that it really has. */
export function contentDisposition(kind: "attachment" | "inline", name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/gu, "_").replace(/["\\%]/g, "_");
  const extended = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${extended}`;
}
