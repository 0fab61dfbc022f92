import { randomBytes } from "node:crypto";

/** Something that looks like nothing: no pattern can recognise it, so that only care keeps it in. */
export const drawCanary = (): string => randomBytes(20).toString("hex");

/**
 * The ways in which a text may have been written down: as it is, in hexadecimal, in base64 (at each of the three places
 * where it may begin in a longer text), and escaped for an address, JSON or HTML.
 */
export function formsOf(text: string): string[] {
  const shifted = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from("\0".repeat(shift) + text).toString("base64");
    // The characters at both ends also depend on what stands beside the text.
    return encoded.slice(shift === 0 ? 0 : shift + 1, -4);
  });
  const urlSafe = shifted.map((encoded) => encoded.replaceAll("+", "-").replaceAll("/", "_"));
  const hex = Buffer.from(text).toString("hex");
  const escaped = [encodeURIComponent(text), JSON.stringify(text).slice(1, -1), text.replaceAll("&", "&amp;")];
  return [...new Set([text, hex, hex.toUpperCase(), ...shifted, ...urlSafe, ...escaped])];
}

/** Which of the named secrets stand in the text, in whatever form. */
export function findCanaries(text: string, canaries: Record<string, string>): string[] {
  return Object.entries(canaries).flatMap(([name, secret]) =>
    formsOf(secret).some((form) => text.includes(form)) ? [name] : [],
  );
}
