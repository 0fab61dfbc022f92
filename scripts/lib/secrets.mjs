import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * The secrets of a data folder, made once and kept: losing them loses what they seal.
 * @returns {Record<"FAULTLINE_KEYS" | "NEXTAUTH_SECRET" | "INNGEST_SIGNING_KEY" | "INNGEST_EVENT_KEY", string>}
 */
export function secretsOf(dataDir) {
  const file = path.join(dataDir, "secrets.json");
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const secrets = {
    FAULTLINE_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    INNGEST_SIGNING_KEY: `signkey-prod-${randomBytes(32).toString("hex")}`,
    INNGEST_EVENT_KEY: randomBytes(16).toString("hex"),
    ...kept,
  };
  if (Object.keys(secrets).some((name) => !(name in kept))) writePrivate(file, secrets);
  return secrets;
}

/** Writes JSON that only its owner reads, whole or not at all. */
export function writePrivate(file, value) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}
