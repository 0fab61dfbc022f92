import { isGeneratedLine, isLibraryLine } from "./library";
import { fileOf, functionOf } from "./place";

/** A frame of a stack: what it is called on every machine, and whose it is. */
export type Frame = {
  place: string;
  isLibrary: boolean;
  /** In the file or class of a test, and not in what tests share. */
  isTest: boolean;
};

/** What is read of a line that may be a frame: a longer one is a document. */
const frameLimit = 400;

const testFile =
  /(?:Tests?|ITs?|Specs?|TestCase|E2E|Steps)\.[\w.]*(?: [\w ]*)?$|(?:Tests?|Spec)\.(?:java|kt|cs|php|swift|scala|groovy|m)\b|[._-](?:test|spec|cy|e2e|feature)\.\w+|_(?:test|spec|tests)\.\w+|(?:^|[/(])test_\w+\.py|::tests?::|Test\w*::test/;

const frame = (place: string, line: string): Frame => ({
  place: place.slice(0, 300),
  isLibrary: isLibraryLine(line),
  isTest: testFile.test(place),
});

const withFile = (name: string, file: string): string => {
  const fn = functionOf(name);
  return fn === "" ? fileOf(file) : `${fn} (${fileOf(file)})`;
};

const jvmFile = /\((?:[^()]{1,120}\.(?:java|kts?|scala|groovy|clj)(?::\d+)?|Native Method|Unknown Source)\)/;
const dotnet = /^([\w.$<>`+|,[\]]{1,300})\(([^()]{0,300})\)(?: in .{1,300}:line \d+)?$/;
const bareFile =
  /^(?:Error Trace:\s{0,9}|at |-> |\w{1,40} \w{1,40}:)?((?:file:\/\/)?(?:[A-Za-z]:)?[\w./\\+@ -]{0,200}\.(?:go|cc|cpp|cxx|c|hh?|hpp|mm?|swift|rs|kts?|tsx?|jsx?|mjs|cjs|vue|svelte|exs?|pl|pm|t|lua|scala|java|cs|php|phpt|inc|rb|py|dart|feature|robot|zig|nim))(?::\d|\(\d)/;

// Of `at …`: Java and Kotlin, then C#, then JavaScript, then whoever names a file alone.
function readAt(line: string): Frame | null {
  const body = line.slice(3);
  if (jvmFile.test(body)) {
    const name = body.slice(0, body.lastIndexOf("("));
    return frame(functionOf(name.slice(name.lastIndexOf("/") + 1)), line);
  }
  if (body.includes(":line ") || (body.endsWith(")") && !/:\d+\)$/.test(body))) {
    const read = dotnet.exec(body);
    if (read) return frame(functionOf(read[1] ?? ""), line);
  }
  const open = body.endsWith(")") ? body.lastIndexOf(" (") : -1;
  const place = open === -1 ? body.replace(/^async /, "") : body.slice(open + 2, -1);
  const location = /^(.{1,300}?):\d+:\d+$/.exec(place);
  if (location) return frame(withFile(open === -1 ? "" : jsName(body.slice(0, open)), location[1] ?? ""), line);
  if (/^\w[\w.$ <>[\]]{0,200} \((?:<anonymous>|native|index \d+)\)$/.test(body))
    return { place: body, isLibrary: true, isTest: false };
  return readBareFile(line);
}

const jsName = (name: string): string =>
  name
    .replace(/ \[as [^\]]*\]$/, "")
    .replace(/^(?:async |new |get |set )+/, "")
    .replace(/^(?:Object|Context|World|Proxy|Module|Suite|Test|exports|module\.exports)\./, "")
    .replace(/^<anonymous>$|^eval$|^__vite_ssr_\w+__\.?/, "");

/** The function that Go names on the line above its place: `shop/cart.(*Cart).Total(0xc000)`. */
export function goFunction(line: string): string | null {
  const read =
    /^((?:[\w.-]{1,60}\/){0,9}[\w-]{1,80}\.(?:\(\*?\w{1,80}\)\.)?\w{1,80}(?:\.func\d+(?:\.\d+){0,3})?|panic)\(.*\)$/.exec(
      line,
    );
  return read ? functionOf((read[1] ?? "").replace(/[()*]/g, "")) : null;
}

function readBareFile(line: string): Frame | null {
  const read = bareFile.exec(line);
  return read ? frame(fileOf((read[1] ?? "").trim()), line) : null;
}

/** `File "/app/shop/cart.py", line 3, in total` */
function readPython(line: string): Frame | null {
  const read = /^File "([^"]{1,300})", line \d+(?:, in (.{1,100}))?/.exec(line);
  return read ? frame(withFile((read[2] ?? "").replace(/^<.*>$/, ""), read[1] ?? ""), line) : null;
}

// PHP, Dart, sanitizers and Swift's crashes number theirs with "#".
function readNumbered(line: string): Frame | null {
  const body = line.replace(/^#\d+:?\s+/, "");
  const dart = /^(.{1,200}?) \((\S{1,20}:?\S{0,300}\.dart)(?::\d+){0,2}\)$/.exec(body);
  if (dart) return frame(withFile(dartName(dart[1] ?? ""), dart[2] ?? ""), body);
  // It names what was called there, and the place of that stands above.
  const php = /^([^()]{1,300})\(\d+\): [^(]/.exec(body);
  if (php) return frame(fileOf(php[1] ?? ""), body);
  const native = /^(?:0x[0-9a-f]{1,16} in )(.{1,250}?)(?: (?:at )?(\S{1,250}?)(?::\d+){0,2})?$/i.exec(body);
  if (native) return frame(withFile(native[1] ?? "", native[2] ?? ""), body);
  return readBareFile(body);
}

const dartName = (name: string): string =>
  name.replace(/\.?<(?:anonymous closure|fn|async|asynchronous suspension)>/g, "").replace(/^main$/, "");

// A backtrace of Rust: `2: shop::http::get`; of Swift: `3   Shop   0x00010 Cart.total() + 12`.
function readDigit(line: string): Frame | null {
  const rust = /^\d+: +(?:0x[0-9a-f]{1,16} - )?(<?\w[\w:<>{}& ]{1,250})$/.exec(line);
  if (rust) return frame(functionOf(rust[1] ?? ""), line);
  const swift = /^\d+ +\S{1,100} +0x[0-9a-f]{1,16} (.{1,250}?)(?: \+ \d+)?$/.exec(line);
  return swift ? frame(functionOf(swift[1] ?? ""), line) : null;
}

function readOther(line: string): Frame | null {
  // Vitest: `❯ createOrder src/orders.ts:10:5`
  const vitest = /^❯ (?:([\w.$<>]{1,100}) )?(\S{1,250}?):\d+:\d+$/.exec(line);
  if (vitest) return frame(withFile(jsName(vitest[1] ?? ""), vitest[2] ?? ""), line);
  // `./spec/cart_spec.rb:12:in `block (2 levels) in <top (required)>'`
  const ruby = /^(?:# |from )?([\w./\\: -]{1,200}\.(?:rb|erb|rake)):\d+(?::in [`']([^']{1,200})')?/.exec(line);
  if (ruby) {
    const name = (ruby[2] ?? "")
      .replace(/^(?:(?:block|rescue|ensure)(?: \(\d+ levels\))? in )+/, "")
      .replace(/^<.*>$|^require$/, "");
    return frame(withFile(name, ruby[1] ?? ""), line);
  }
  // `tests/test_cart.py:12: AssertionError`, `shop/cart.py:3: in total`
  const pytest = /^([\w./\\: -]{1,200}\.py):\d+:(?: in (\S{1,100})| ?[\w.]*)?$/.exec(line);
  if (pytest) return frame(withFile((pytest[2] ?? "").replace(/^<.*>$/, ""), pytest[1] ?? ""), line);
  // Firefox, Safari: `pay@https://shop.example/main.js:1:2`
  const gecko = /^([\w$.<>/*]{0,100})@(\S{1,250}?):\d+(?::\d+)?$/.exec(line);
  if (gecko) return frame(withFile((gecko[1] ?? "").replace(/^async\*|[/<]+$/g, ""), gecko[2] ?? ""), line);
  // `test/cart_test.dart 12:5  main.<fn>`
  const dart = /^(\S{1,250}\.dart) \d+:\d+ +(\S.{0,150})$/.exec(line);
  if (dart) return frame(withFile(dartName(dart[2] ?? ""), dart[1] ?? ""), line);
  return readBareFile(line);
}

// What a frame has at the least: a place in a file, or the braces of a call.
const looksLikeFrame = /[:(]\d|\(\)|\((?:0x|\.\.\.|Native|Unknown|<)|^at |", line \d|^#\d|^\d+:? |\.dart /;

/** The frame that a line is, without the blanks before it; null when it is none. */
export function readFrame(text: string): Frame | null {
  const line = text.length > frameLimit ? text.slice(0, frameLimit) : text;
  if (!looksLikeFrame.test(line)) return null;
  const first = line.charCodeAt(0);
  if (line.startsWith("at "))
    return isGeneratedLine(line) ? { place: "", isLibrary: true, isTest: false } : readAt(line);
  if (line.startsWith('File "')) return readPython(line);
  if (first === 35 && line[1] !== " ") return readNumbered(line);
  if (first >= 48 && first <= 57) return readDigit(line);
  return readOther(line);
}
