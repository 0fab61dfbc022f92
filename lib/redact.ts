const hidden = "[redacted]";

// What credentials look like when they stray into a text; each keeps what names the kind and drops the secret.
const patterns: readonly [RegExp, string][] = [
  [/\b(gh[pousr]_|github_pat_|glpat-|gldt-|glrt-|xox[abprs]-|AKIA|ATATT|flt_|signkey-\w+-)[\w=-]{8,}/g, `$1${hidden}`],
  // Looks ahead for both dots once for each run of such characters, or a long run without them would take for ever.
  [/(?<![\w-])(?=[\w-]+\.[\w-]+\.)([\w-]*?)\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, `$1${hidden}`],
  [
    /\b(authorization|proxy-authorization|private-token|job-token|x-api-key|cookie|set-cookie)(["']?\s*[:=]\s*["']?)[^\r\n"']+/gi,
    `$1$2${hidden}`,
  ],
  [/\b(bearer|basic|token)\s+[\w+/=.~-]{12,}/gi, `$1 ${hidden}`],
  [/(\/\/)[^/\s:@]*:[^/\s@]+@/g, `$1${hidden}@`],
  [/([?&#;](?:[\w-]*token|[\w-]*secret|[\w-]*key|password|code|state|sig|signature)=)[^&#\s"']+/gi, `$1${hidden}`],
];

/** A text without the secrets given and without anything that has the shape of a credential. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length < 4) continue;
    for (const form of new Set([secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")])) {
      clean = clean.replaceAll(form, hidden);
    }
  }
  return patterns.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), clean);
}
