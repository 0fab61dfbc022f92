import { createCipheriv, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type KeyRing, open, type Place, readKeyRing, seal } from "./seal";

const key = (fill: number) => Buffer.alloc(32, fill).toString("base64");
const ring = readKeyRing(`new:${key(1)},old:${key(2)}`);
const oldRing = readKeyRing(`old:${key(2)}`);
const place: Place = { table: "Connection", column: "sealedSecret", rowId: "r1", workspaceId: "w1", userId: "u1" };
const secret = "ghp_exampleExampleExample";

const refused = (sealed: string, at: Place = place, keys: KeyRing = ring) =>
  expect(() => open(sealed, at, keys), sealed).toThrow(expect.objectContaining({ kind: "secret_unreadable" }));

const partsOf = (sealed: string) => {
  const [, , keyId = "", encoded = ""] = sealed.split(":");
  return { keyId, bytes: Buffer.from(encoded, "base64url") };
};
const joined = (keyId: string, bytes: Buffer) => `enc:v1:${keyId}:${bytes.toString("base64url")}`;

describe("sealed secrets", () => {
  it("[F5] open at their place, whatever they hold", () => {
    for (const text of [secret, "", "ü 🙂 \u2028", "x".repeat(10_000)]) {
      expect(open(seal(text, place, ring), place, ring)).toBe(text);
    }
    const shared = { ...place, userId: null };
    expect(open(seal(secret, shared, ring), shared, ring)).toBe(secret);
  });

  it("[F5] show nothing of what they hold, and look different each time", () => {
    const sealed = new Set(Array.from({ length: 1_000 }, () => seal(secret, place, ring)));
    expect(sealed.size).toBe(1_000);
    const nonces = new Set([...sealed].map((one) => partsOf(one).bytes.subarray(0, 12).toString("hex")));
    expect(nonces.size).toBe(1_000);
    for (const one of sealed) expect(Buffer.from(one.split(":")[3] ?? "", "base64url").includes(secret)).toBe(false);
  });

  it("[F5] have the form enc:v1:<keyId>:<nonce | ciphertext | tag>, sealed by the first key", () => {
    const sealed = seal(secret, place, ring);
    expect(sealed).toMatch(/^enc:v1:new:[\w-]+$/);
    expect(partsOf(sealed).bytes.length).toBe(12 + secret.length + 16);
  });

  it("[F5] are refused with any single bit flipped", () => {
    const { keyId, bytes } = partsOf(seal(secret, place, ring));
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      refused(joined(keyId, flipped));
    }
  });

  it("[F5] are refused with any character of the text changed", () => {
    const sealed = seal(secret, place, ring);
    for (let index = 0; index < sealed.length; index++) {
      const other = sealed[index] === "A" ? "B" : "A";
      refused(`${sealed.slice(0, index)}${other}${sealed.slice(index + 1)}`);
    }
  });

  it("[F5] are refused at every shorter length and with anything added", () => {
    const { keyId, bytes } = partsOf(seal(secret, place, ring));
    for (let length = 0; length < bytes.length; length++) refused(joined(keyId, bytes.subarray(0, length)));
    for (let start = 1; start < bytes.length; start++) refused(joined(keyId, bytes.subarray(start)));
    refused(joined(keyId, Buffer.concat([bytes, Buffer.from([0])])));
    const sealed = seal(secret, place, ring);
    for (const odd of [
      `${sealed} `,
      ` ${sealed}`,
      `${sealed}=`,
      `${sealed}\n`,
      sealed.replace("v1", "v2"),
      "",
      secret,
    ]) {
      refused(odd);
    }
  });

  it("[F5] are refused with a tag that is valid but short", () => {
    for (const authTagLength of [4, 8, 12, 13, 14, 15]) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", Buffer.alloc(32, 1), nonce, { authTagLength });
      const { table, column, rowId, workspaceId, userId } = place;
      cipher.setAAD(Buffer.from(JSON.stringify(["v1", "new", table, column, rowId, workspaceId, userId])));
      const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      refused(joined("new", Buffer.concat([nonce, body, cipher.getAuthTag()])));
    }
  });

  it("[F5] are refused under an unknown key, another key, and another key's name", () => {
    const sealed = seal(secret, place, ring);
    const { bytes } = partsOf(sealed);
    refused(sealed, place, oldRing);
    refused(joined("old", bytes));
    refused(joined("nobody", bytes));
    refused(sealed, place, readKeyRing(`new:${key(9)}`));
  });

  it("[F5] are refused at every other place", () => {
    const sealed = seal(secret, place, ring);
    const moves: Partial<Place>[] = [
      { table: "ApiToken" },
      { column: "refreshToken" },
      { rowId: "r2" },
      { workspaceId: "w2" },
      { userId: "u2" },
      { userId: null },
      { userId: "" },
      // The same characters, parted elsewhere.
      { table: "Connectionsealed", column: "Secret" },
      { rowId: "r1w", workspaceId: "1" },
    ];
    for (const move of moves) refused(sealed, { ...place, ...move });
    refused(seal(secret, { ...place, userId: null }, ring), place);
  });

  it("[F5] open with a later key of the ring, so that keys can be rotated", () => {
    const sealed = seal(secret, place, oldRing);
    expect(partsOf(sealed).keyId).toBe("old");
    expect(open(sealed, place, ring)).toBe(secret);
    expect(partsOf(seal(open(sealed, place, ring), place, ring)).keyId).toBe("new");
  });

  it("[F5] do not tell why they are refused", () => {
    const sealed = seal(secret, place, ring);
    const messageOf = (broken: string, at = place) => {
      try {
        open(broken, at, ring);
      } catch (error) {
        return error instanceof Error ? error.message : "";
      }
      return "opened";
    };
    const messages = new Set([
      messageOf(`${sealed.slice(0, -2)}AA`),
      messageOf(sealed, { ...place, rowId: "r2" }),
      messageOf(sealed.replace(":new:", ":nobody:")),
      messageOf(secret),
    ]);
    expect(messages.size).toBe(1);
    expect([...messages][0]).not.toContain(secret);
  });
});

describe("the key ring", () => {
  it("[F5] is refused when a key is short, named twice, or missing", () => {
    const short = Buffer.alloc(31, 1).toString("base64");
    for (const text of [`a:${short}`, `a:${key(1)},a:${key(2)}`, "", "a", `a:${key(1)},`]) {
      expect(() => readKeyRing(text), text).toThrow(expect.objectContaining({ kind: "misconfigured" }));
    }
  });
});
