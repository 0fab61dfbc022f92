import { X509Certificate } from "node:crypto";
import { AppError } from "@/lib/errors";

/** A certificate as people compare it. */
export type CertificateShown = {
  subject: string;
  issuer: string;
  validFrom: string;
  validTo: string;
  /** SHA-256, in pairs of hex digits. */
  fingerprint: string;
  isExpired: boolean;
};

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const mostCertificates = 10;

/**
 * The authorities in a pasted PEM text, and the text with nothing but them. Throws `invalid_input` for what would be
 * of no use: an expired one, or a server's own, which vouches for nobody and can be pinned instead.
 */
export function readAuthorities(text: string, now = new Date()): { pem: string; shown: CertificateShown[] } {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    throw refusal("This holds a private key. Paste the certificate alone, and consider the key as known to others.");
  const blocks = text.match(block) ?? [];
  if (blocks.length === 0) throw refusal("This is no certificate in PEM format: it begins with BEGIN CERTIFICATE.");
  if (blocks.length > mostCertificates) throw refusal(`Use at most ${mostCertificates} certificates.`);

  const certificates = blocks.map(parse);
  for (const certificate of certificates) {
    const { ca, subject, validTo } = certificate;
    if (new Date(validTo) < now)
      throw refusal(
        `The certificate of ${nameOf(subject)} expired on ${new Date(validTo).toISOString().slice(0, 10)}.`,
      );
    // One that has signed itself vouches for its own server, whatever it says of itself.
    if (!ca && !certificate.checkIssued(certificate))
      throw refusal(
        `The certificate of ${nameOf(subject)} is a server's own, not an authority's. Pin its fingerprint.`,
      );
  }
  return {
    pem: certificates.map(String).join(""),
    shown: certificates.map((certificate) => show(certificate, now)),
  };
}

/** What is stored, read back for the page; nothing in it is refused any more. */
export const showAuthorities = (pem: string | null, now = new Date()): CertificateShown[] =>
  (pem?.match(block) ?? []).map((one) => show(new X509Certificate(one), now));

/** A SHA-256 fingerprint as OpenSSL and browsers write it, as 64 hex digits in lower case. */
export function readFingerprint(text: string): string {
  const digits = text
    .replace(/^.*fingerprint\s*=/i, "")
    .replace(/[\s:]/g, "")
    .toLowerCase();
  if (/^[0-9a-f]{64}$/.test(digits)) return digits;
  const message = "A SHA-256 fingerprint has 64 hex digits, such as AB:CD:…";
  throw new AppError("invalid_input", message, { fields: { tlsFingerprint: message } });
}

/** 64 hex digits in pairs, as people compare them. */
export const inPairs = (fingerprint: string): string => fingerprint.toUpperCase().match(/../g)?.join(":") ?? "";

function parse(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw refusal("One of these certificates cannot be read. Copy the file again.", cause);
  }
}

const show = ({ subject, issuer, validFrom, validTo, fingerprint256 }: X509Certificate, now: Date) => ({
  subject: nameOf(subject),
  issuer: nameOf(issuer),
  validFrom: new Date(validFrom).toISOString(),
  validTo: new Date(validTo).toISOString(),
  fingerprint: fingerprint256,
  isExpired: new Date(validTo) < now,
});

/** The common name of a distinguished name, which is one attribute per line; else all of it in one line. */
const nameOf = (distinguished: string | undefined): string =>
  /^CN=(.+)$/m.exec(distinguished ?? "")?.[1] ?? (distinguished ?? "").split("\n").join(", ");

const refusal = (message: string, cause?: unknown) =>
  new AppError("invalid_input", message, { cause, fields: { caCertificate: message } });
