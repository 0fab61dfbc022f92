/**
 * An id for a secret by which a person says "send this one as it is": the same for the same secret wherever it stands,
 * and another when the secret changes. It is 24 bits long on purpose: of a list of a thousand million passwords some
 * sixty have the same, so that who sees the id cannot tell the password; a longer one could be guessed from. It does
 * tell apart the few secrets that one report has.
 */
export function fingerprint(kind: string, secret: string): string {
  let hash = 0x811c9dc5;
  for (const text of [kind, "\u0000", secret]) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  // FNV's low bits depend on little of the text; murmur's last step spreads them.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return `${kind}-${((hash ^ (hash >>> 16)) >>> 8).toString(16).padStart(6, "0")}`;
}
