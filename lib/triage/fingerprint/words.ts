/** What a word becomes, and what was taken out of it. */
export type Word = { text: string; label?: string; value?: string };

const plainNumber = /^\d+(?:[.,]\d+)?$/;
const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const url = /^([a-z][a-z0-9+.-]{1,20}):\/\/(?:[^/?#@]*@)?([^/?#:]*)(:\d+)?([^?#]*)/i;
const email = /^[^@\s/\\]{1,80}@[^@\s/\\]{1,80}\.[a-z]{2,20}$/i;
const ipv4 = /^(?:([\w.-]+)\/)?(\d{1,3}(?:\.\d{1,3}){3})(:\d+)?$/;
const ipv6 = /^\[?(?=[0-9a-f:]*[0-9a-f])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}\]?(:\d+)?$/i;
const hostPort = /^([a-z][\w-]*(?:\.[a-z][\w-]*)*):(\d{2,5})$/i;
const dateTime = /^\d{4}[-/]\d\d[-/]\d\d(?:[T ]?[\d:.,]*(?:Z|[+-]\d\d:?\d\d)?)?$|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$/;
const time = /^\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/;
const duration = /^\d+(?:[.,]\d+)?(?:ns|us|µs|ms|s|secs?|m|mins?|h|d)$/;
const size = /^\d+(?:[.,]\d+)?(?:[KMGT]i?B|[kMG]B|bytes|B|px|dp)$/;
const address = /0x[0-9a-f]+/gi;
const identity = /@[0-9a-f]{4,16}$/;
const drivePath = /^[A-Za-z]:[\\/]/;
const fsRoot =
  /^(?:~|\.{0,2})[\\/]?(?:home|tmp|var|usr|opt|Users|private|workspaces?|builds?|app|root|mnt|github|__w|srv|etc|proc|dev|runner|target|node_modules|Volumes|Windows|Program Files|agent|temp|Temp)[\\/]/;
const extension = /\.[A-Za-z]\w{0,7}$/;
const fileWithLine = /^(.*\.[A-Za-z]\w{0,7})(?::\d+){1,2}$/;
// Codes that tools give their errors: no number of the failure's own.
const code = /^(?:ORA|SQLSTATE|TS|CS|PLS|SQLITE|ERR|DPY|SQL|MSB|NU|NETSDK|PGRST|E|AWS|AADSTS)[-_]?\d{2,6}$/;
const hex = /(?<![0-9a-z])(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{6,}(?![0-9a-z])/gi;
const random = /(?<![0-9a-z])(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{16,}(?![0-9a-z])/gi;
// Of pods, containers and workers: `shop-api-7d9f8b6c5d-x2x4z`
const replica = /-[0-9a-f]{8,10}-[a-z0-9]{5}(?![\w-])|(?<=[a-z]-)(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{4,}(?![\w-])/gi;
const digits = /\d+(?:[.,]\d+)*/g;
const generated =
  /\$\$(?:Lambda|EnhancerBy\w+|FastClassBy\w+|SpringCGLIB)[\w$/]*|\$MockitoMock\$\w+|\$ByteBuddy\$\w+|\$\$\w+/g;

/** The well-known ports tell which service it is; those above are given by chance. */
const firstChancePort = 32_768;

export const portKept = (port: string): boolean => Number(port) < firstChancePort;

const portOf = (port: string | undefined): string => {
  if (!port) return "";
  return portKept(port.slice(1)) ? port : ":<port>";
};

const isVarying = (segment: string): boolean =>
  (/\d/.test(segment) && !/^v\d{1,2}$/.test(segment)) || segment.length > 40;

/** A path of a request without its ids. */
const skeleton = (path: string): string =>
  path
    .split("/", 16)
    .map((segment) => (isVarying(segment) ? "*" : segment))
    .join("/");

// The machine's folders vary; what the file is called does not, unless it was made up for the moment.
const fileName = /[\\/]([\p{L}_][\p{L}\p{N}_.-]{1,60}\.[A-Za-z][A-Za-z\d]{0,7})$/u;
// Where it was told, and not what of.
const source =
  /\.(?:java|kts?|scala|groovy|cs|fs|vb|[cm]?[jt]sx?|vue|svelte|py|rb|php|phpt|go|rs|swift|mm?|dart|cc|cpp|cxx|c|hh?|hpp|robot|feature|bats|exe|dll|so|jar)$/;
function fileAlone(path: string): string {
  const name = fileName.exec(path)?.[1];
  if (name === undefined || source.test(name) || /(?:^|[\\/])(?:tmp|temp|Temp|T)[\\/]/.test(path)) return "<path>";
  const text = withoutIds(name);
  return /<(?:hex|id|uuid)>/.test(text) ? "<path>" : `<path>/${text}`;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const hostOf = (host: string): string => (ipv4.test(host) ? "<ip>" : host.replace(digits, "<number>"));

function route(word: string): Word {
  const text = skeleton(word.replace(/[?#].*$/, ""));
  return text === word ? { text } : { text, label: "path", value: word };
}

/** Masks a word that holds a digit, a slash or an at sign. */
export function maskWord(word: string, isRequest = false): Word {
  if (plainNumber.test(word)) return { text: "<number>", label: "number", value: word };
  if (word.length > 400) return { text: "<long>", label: "long value", value: word };
  if (code.test(word)) return { text: word };
  const hasColon = word.includes(":");
  const startsWithDigit = isDigit(word.charCodeAt(0));
  const asUrl = hasColon ? url.exec(word) : null;
  if (asUrl) {
    const [, scheme = "", host = "", port, path = ""] = asUrl;
    if (scheme === "file" || scheme === "webpack") return { text: fileAlone(path), label: "path", value: word };
    const text = `${scheme.toLowerCase()}://${hostOf(host)}${portOf(port)}${skeleton(path)}`;
    return text === word ? { text } : { text, label: "URL", value: word };
  }
  if (word.includes("@") && email.test(word)) return { text: "<email>", label: "e-mail address", value: word };
  const asIp = ipv4.exec(word);
  if (asIp) {
    const text = `${asIp[1] ? `${asIp[1]}/` : ""}<ip>${portOf(asIp[3])}`;
    return { text, label: "address", value: word };
  }
  if (startsWithDigit && (dateTime.test(word) || time.test(word)))
    return { text: "<time>", label: "time", value: word };
  if (hasColon && ipv6.test(word)) return { text: "<ip>", label: "address", value: word };
  if (startsWithDigit && duration.test(word)) return { text: "<duration>", label: "duration", value: word };
  if (startsWithDigit && size.test(word)) return { text: "<size>", label: "size", value: word };
  const located = hasColon ? fileWithLine.exec(word) : null;
  const asPath = located?.[1] ?? word;
  if (isRequest && word.startsWith("/")) return route(word);
  if (drivePath.test(asPath) || fsRoot.test(asPath) || (/[\\/]/.test(asPath) && extension.test(asPath)))
    return { text: fileAlone(asPath), label: "path", value: word };
  if (located) return { text: asPath };
  const asHost = hasColon ? hostPort.exec(word) : null;
  if (asHost) return { text: `${asHost[1]}${portOf(`:${asHost[2]}`)}` };
  if (word.startsWith("/")) return route(word);
  const text = withoutIds(word);
  if (text === word) return { text };
  return { text, label: labels[/<(\w+)>/.exec(text)?.[1] ?? ""] ?? "number", value: word };
}

function withoutIds(word: string): string {
  let text = word.length >= 36 ? word.replace(uuid, "<uuid>") : word;
  if (text.includes("$")) text = text.replace(generated, "");
  text = text.replace(address, "<address>").replace(identity, "@<address>");
  if (text.includes("-")) text = text.replace(replica, "-<id>");
  if (text.length >= 6) text = text.replace(hex, "<hex>").replace(random, "<id>");
  return text.replace(digits, "<number>");
}

const labels: Record<string, string> = {
  uuid: "UUID",
  address: "address",
  hex: "hexadecimal value",
  id: "id",
  number: "number",
};
