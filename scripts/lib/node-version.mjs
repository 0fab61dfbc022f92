// Runs on whatever Node there is, so nothing here is younger than ES modules.

/** The sentence for a Node that Prisma refuses, or "" for one that serves. */
export function refusal(version) {
  const parts = version.replace(/^v/, "").split(".").map(Number);
  const major = parts[0];
  const minor = parts[1];
  const serves = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  if (serves) return "";
  return `Faultline needs Node 20.19 or newer, 22.12 or newer, or 24 (not 21 or 23); this is Node ${version}.`;
}

/** Ends the process with that sentence. */
export function requireNode() {
  const sentence = refusal(process.version);
  if (!sentence) return;
  console.error(sentence);
  process.exit(1);
}
