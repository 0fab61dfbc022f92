/*
 * What the surroundings of a test do to it has one name in whatever language it is told: a full disk, a service that
 * refuses. Whoever met it, the message alone says it.
 */

type Signature = { says: RegExp; told: string; hasEndpoint?: boolean; isAlone?: boolean };

const signatures: readonly Signature[] = [
  {
    says: /no space left on device|\bENOSPC\b|not enough space on the disk|disk quota exceeded/i,
    told: "no space left on device",
  },
  {
    says: /certificate (?:has )?expired|cert_has_expired|NotTimeValid|certificate is not yet valid|certificate verify failed: certificate has expired/i,
    told: "expired certificate",
    hasEndpoint: true,
    isAlone: true,
  },
  { says: /too many open files|\bEMFILE\b/i, told: "too many open files" },
  {
    says: /cannot connect to the docker daemon|could not find a valid docker environment|find a docker environment failed|docker\.sock.{0,60}(?:refused|no such file)/i,
    told: "no Docker daemon",
  },
  { says: /toomanyrequests|pull rate limit/i, told: "pull rate limit of the registry" },
  {
    says: /target (?:page, context or browser has been )?closed|browser has (?:been closed|disconnected)|(?:disconnected|not reachable).{0,40}(?:chrome|renderer|devtools)|chrome not reachable|tab crashed|page crashed/i,
    told: "the browser is gone",
  },
  {
    says: /ECONNREFUSED|connection (?:to \S{1,100} )?(?:was )?refused|actively refused|ERR_CONNECTION_REFUSED/i,
    told: "connection refused",
    hasEndpoint: true,
  },
  {
    says: /ENOTFOUND|EAI_AGAIN|unknown ?host|name or service not known|no such host|could not resolve host|temporary failure in name resolution|nodename nor servname|ERR_NAME_NOT_RESOLVED/i,
    told: "unknown host",
    hasEndpoint: true,
  },
];

// Most tools write the address, some its host and its port apart.
const endpoint =
  /(?:\b([a-z][\w-]{0,60}(?:\.[\w-]{1,60}){0,8})\/)?(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]{2,40}\]|::1|([a-z][\w-]{0,60}(?:\.[a-z][\w-]{0,60}){0,8})):(\d{2,5})\b/i;
const apart = /host\W{1,4}['"]?([\w.-]{1,80})['"]?\W{1,4}port\W{1,4}(\d{2,5})/i;
const hostAlone =
  /(?:ENOTFOUND|EAI_AGAIN|UnknownHostException:?|host(?:name)?:?|resolve(?: host)?:?|lookup|at https?:\/\/|\/\/)\s*['"]?([a-z][\w-]{0,60}(?:\.[a-z][\w-]{0,60}){1,8})/i;
const portAlone = /\bport\W{1,3}(\d{2,5})\b/i;
const firstChancePort = 32_768;

function endpointOf(text: string, isName: boolean): string | null {
  // The port is that of the server that was asked for the name.
  const sought = isName ? hostAlone.exec(text)?.[1] : undefined;
  if (sought) return sought;
  const found = apart.exec(text) ?? endpoint.exec(text);
  if (found) {
    const host = found.length === 3 ? found[1] : (found[1] ?? found[2]);
    const port = found.at(-1) ?? "";
    const name = !host || host === "localhost" || /^[\d.]+$/.test(host) ? "" : host;
    return `${name}:${Number(port) < firstChancePort ? port : "<port>"}`;
  }
  return hostAlone.exec(text)?.[1] ?? (portAlone.exec(text)?.[1] ? `:${portAlone.exec(text)?.[1]}` : null);
}

/** The one name of what happened around the test; null when it is something else, or does not say to whom. */
export function signatureOf(text: string): string | null {
  const head = text.slice(0, 1_500);
  for (const { says, told, hasEndpoint, isAlone } of signatures) {
    if (!says.test(head)) continue;
    if (!hasEndpoint) return told;
    const to = endpointOf(head, told === "unknown host");
    if (to === null && isAlone) return told;
    if (to !== null) return `${told} by ${to}`.replace("unknown host by", "unknown host");
  }
  return null;
}
