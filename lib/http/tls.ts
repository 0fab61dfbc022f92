import type { Socket } from "node:net";
import { type ConnectionOptions, rootCertificates, TLSSocket } from "node:tls";

/** What is trusted for one host beside, or instead of, the usual authorities. */
export type Trust = {
  /** With its port, as an address has it: no other host is trusted by it. */
  readonly host: string;
  /** PEM: authorities that are trusted as the usual ones are. */
  readonly ca?: string;
  /** SHA-256 of the one certificate that is accepted, in hex. With `ca` both have to hold. */
  readonly fingerprint?: string;
};

/**
 * How a certificate is checked, said outright: neither an environment variable nor a default can switch it off. A pin
 * alone takes the place of the authorities, not of the check: `checkPin` looks at what the handshake has proved.
 */
export function tlsOptions(trust: Trust | undefined): ConnectionOptions {
  if (!trust) return { rejectUnauthorized: true };
  const { ca, fingerprint } = trust;
  // A resumed session shows no certificate.
  const pinned = fingerprint === undefined ? {} : { session: undefined, maxCachedSessions: 0 };
  if (ca !== undefined) return { ...pinned, rejectUnauthorized: true, ca: [...rootCertificates, ca] };
  return { ...pinned, rejectUnauthorized: fingerprint === undefined };
}

/** Why a fresh connection must not be used; null when nothing is pinned, or it is the pinned certificate, still valid. */
export function checkPin(socket: Socket, trust: Trust | undefined, now = Date.now()): Error | null {
  if (trust?.fingerprint === undefined) return null;
  if (!(socket instanceof TLSSocket)) return failure("PIN_WITHOUT_TLS");
  const certificate = socket.getPeerX509Certificate();
  if (certificate?.fingerprint256.replaceAll(":", "").toLowerCase() !== trust.fingerprint.toLowerCase())
    return failure("PIN_MISMATCH");
  return now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)
    ? failure("CERT_HAS_EXPIRED")
    : null;
}

const failure = (code: string) => Object.assign(new Error(code), { code });
