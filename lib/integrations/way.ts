import { open, type Place, seal } from "@/lib/crypto/seal";
import { AppError } from "@/lib/errors";
import type { TransportOptions } from "@/lib/http/transport";
import { readAuthorities, readFingerprint } from "./certificates";
import type { WayInput } from "./inputs";

/** How a tracker is reached beside what is usual: its own authority, the one certificate it has, a proxy before it. */
export type Way = { caCertificate: string | null; tlsFingerprint: string | null; proxy: string | null };

export const straightWay: Way = { caCertificate: null, tlsFingerprint: null, proxy: null };

/** The columns that a way is read from; the proxy's may hold a password, so that no list asks for them. */
export const waySelect = { caCertificate: true, tlsFingerprint: true, sealedProxy: true } as const;

type Stored = { caCertificate: string | null; tlsFingerprint: string | null; sealedProxy: string | null };
type Owner = { workspaceId: string; integrationId: string };

const placeOf = ({ workspaceId, integrationId }: Owner): Place => ({
  table: "Integration",
  column: "sealedProxy",
  rowId: integrationId,
  workspaceId,
  userId: null,
});

/** The way in a row of the database. */
export const wayOf = ({ sealedProxy, ...rest }: Stored, owner: Owner): Way => ({
  caCertificate: rest.caCertificate,
  tlsFingerprint: rest.tlsFingerprint,
  proxy: sealedProxy === null ? null : open(sealedProxy, placeOf(owner)),
});

/** A way as columns. */
export const storedWay = ({ caCertificate, tlsFingerprint, proxy }: Way, owner: Owner) => ({
  caCertificate,
  tlsFingerprint,
  sealedProxy: proxy === null ? null : seal(proxy, placeOf(owner)),
  proxyHost: proxy === null ? null : new URL(proxy).host,
});

/** A way as the transport takes it. What is trusted is trusted for the tracker's own host alone. */
export function transportOf({ caCertificate, tlsFingerprint, proxy }: Way, baseUrl: string) {
  const { host } = new URL(baseUrl);
  const tls = {
    host,
    ...(caCertificate !== null && { ca: caCertificate }),
    ...(tlsFingerprint !== null && { fingerprint: tlsFingerprint }),
  };
  return {
    ...((caCertificate !== null || tlsFingerprint !== null) && { tls }),
    ...(proxy !== null && { proxy }),
  } satisfies Pick<TransportOptions, "tls" | "proxy">;
}

export const isSameWay = (one: Way, other: Way): boolean =>
  one.caCertificate === other.caCertificate && one.tlsFingerprint === other.tlsFingerprint && one.proxy === other.proxy;

/** The way that was typed, checked; what was left out is as before. An empty proxy says nothing: it is not shown again. */
export function readWay(typed: WayInput, before: Way, baseUrl: string): Way {
  const { caCertificate, tlsFingerprint, proxy } = typed;
  const way = {
    caCertificate: caCertificate
      ? readAuthorities(caCertificate).pem
      : (caCertificate ?? keep(typed, "caCertificate", before)),
    tlsFingerprint: tlsFingerprint
      ? readFingerprint(tlsFingerprint)
      : (tlsFingerprint ?? keep(typed, "tlsFingerprint", before)),
    proxy: proxy ? readProxy(proxy) : proxy === null ? null : before.proxy,
  };
  const isPlain = new URL(baseUrl).protocol === "http:";
  if (isPlain && (way.caCertificate ?? way.tlsFingerprint) !== null) {
    const message = "A certificate is of use only where the address begins with https://.";
    throw new AppError("invalid_input", message, { fields: { baseUrl: message } });
  }
  return way;
}

const keep = (typed: WayInput, name: "caCertificate" | "tlsFingerprint", before: Way) =>
  typed[name] === undefined ? before[name] : null;

/** `http://user:password@proxy.example:3128`; the two are its own, and go to it alone. */
function readProxy(text: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null;
  if (url?.protocol === "http:" && url.hostname && url.pathname === "/" && !url.search && !url.hash)
    return `${url.protocol}//${url.username ? `${url.username}:${url.password}@` : ""}${url.host}`;
  const message =
    url && url.protocol !== "http:"
      ? "An HTTP proxy's address begins with http://. The connection through it is encrypted all the same."
      : "This is not a proxy's address, such as http://proxy.example:3128.";
  throw new AppError("invalid_input", message, { fields: { proxy: message } });
}

/** A way as the audit log tells it: no password, and a certificate only as being there. */
export const tellWay = ({ caCertificate, tlsFingerprint, proxy }: Way) => ({
  hasOwnAuthority: caCertificate !== null,
  tlsFingerprint,
  proxyHost: proxy === null ? null : new URL(proxy).host,
});
