import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** Where a secret stands. It opens only there: a value moved to another row, column, person or workspace is refused. */
export type Place = { table: string; column: string; rowId: string; workspaceId: string; userId: string | null };

export type KeyRing = { first: string; keys: ReadonlyMap<string, Buffer> };

const version = "v1";
const nonceBytes = 12;
const tagBytes = 16;
const shape = /^enc:v1:([\w-]+):([A-Za-z0-9_-]+)$/;

/** Reads `id:base64(32 bytes),…`; the first key seals, all of them open. */
export function readKeyRing(text: string): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const part of text.split(",")) {
    const [id = "", encoded = ""] = part.split(":");
    const key = Buffer.from(encoded, "base64");
    if (key.length !== 32)
      throw new AppError("misconfigured", `The key ${id} of FAULTLINE_KEYS does not have 32 bytes.`);
    if (keys.has(id)) throw new AppError("misconfigured", `FAULTLINE_KEYS names the key ${id} twice.`);
    keys.set(id, key);
  }
  const [first] = keys.keys();
  if (first === undefined) throw new AppError("misconfigured", "FAULTLINE_KEYS holds no key.");
  return { first, keys };
}

let ring: KeyRing | undefined;
const currentRing = () => {
  ring ??= readKeyRing(env().FAULTLINE_KEYS);
  return ring;
};

// JSON keeps the parts apart: ("ab","c") and ("a","bc") differ.
const aadOf = (keyId: string, { table, column, rowId, workspaceId, userId }: Place) =>
  Buffer.from(JSON.stringify([version, keyId, table, column, rowId, workspaceId, userId]));

/** Seals with AES-256-GCM: enc:v1:<keyId>:<base64url(nonce | ciphertext | tag)>. */
export function seal(secret: string, place: Place, { first, keys }: KeyRing = currentRing()): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOf(keys, first), nonce, { authTagLength: tagBytes });
  cipher.setAAD(aadOf(first, place));
  const sealed = Buffer.concat([nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `enc:${version}:${first}:${sealed.toString("base64url")}`;
}

/** Opens what `seal` made for the same place. Throws secret_unreadable for anything else, without saying which part. */
export function open(sealed: string, place: Place, { keys }: KeyRing = currentRing()): string {
  const [, keyId = "", encoded = ""] = shape.exec(sealed) ?? [];
  const bytes = Buffer.from(encoded, "base64url");
  // Base64 has several spellings of some byte strings; only the one that seal writes is accepted.
  if (bytes.length < nonceBytes + tagBytes || bytes.toString("base64url") !== encoded) throw unreadable();
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyOf(keys, keyId), bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(aadOf(keyId, place));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw unreadable(cause);
  }
}

function keyOf(keys: ReadonlyMap<string, Buffer>, id: string): Buffer {
  const key = keys.get(id);
  if (!key) throw new AppError("secret_unreadable", `The key ${id} is not in FAULTLINE_KEYS.`);
  return key;
}

const unreadable = (cause?: unknown) =>
  new AppError("secret_unreadable", "A stored secret cannot be opened with the present keys. Enter it again.", {
    cause,
  });
