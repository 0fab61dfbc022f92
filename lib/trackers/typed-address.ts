import { AppError } from "@/lib/errors";

/** What is wrong with an address, at the field that it was typed into. */
export const badAddress = (message: string) => new AppError("invalid_input", message, { fields: { baseUrl: message } });

/** What an admin typed as an address, with https:// where they left it out. */
export function typedAddress(text: string): URL {
  const typed = text.trim();
  // "mailto:…" has a scheme, "host:8443" a port.
  const withScheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(typed) ? typed : `https://${typed}`;
  if (typed === "" || !URL.canParse(withScheme)) throw badAddress("This is not an address.");
  const url = new URL(withScheme);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw badAddress("The address begins with https://.");
  if (url.username || url.password) throw badAddress("Leave user name and password out of the address.");
  return url;
}
