import { isAscii, isUtf8 } from "node:buffer";
import { findForeignStart, refused } from "./refuse";

/** Bytes that are not text in the file's encoding; `readable` is what stands before them. */
export class DecodeFault extends Error {
  constructor(
    readonly encoding: string,
    readonly readable: string,
  ) {
    super(`not valid ${encoding}`);
  }
}

/** Turns bytes into text, chunk by chunk; a character may be spread over two chunks. */
type Decode = (bytes: Buffer, last: boolean) => string;

/** Bytes needed to see a byte order mark and the XML declaration. */
const headBytes = 1024;

/** The file as text, in pieces that are small enough to parse without holding up others. */
export async function* decodeXml(input: AsyncIterable<Uint8Array>, pieceBytes = 65_536): AsyncGenerator<string> {
  let decode: Decode | undefined;
  let head: Buffer = Buffer.alloc(0);

  for await (const chunk of input) {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (!decode) {
      head = head.length === 0 ? bytes : Buffer.concat([head, bytes]);
      if (head.length < headBytes) continue;
      decode = openDecoder(head);
      bytes = head;
    }
    for (let start = 0; start < bytes.length; start += pieceBytes)
      yield decode(bytes.subarray(start, start + pieceBytes), false);
  }
  decode ??= openDecoder(head);
  yield decode(head.length < headBytes ? head : Buffer.alloc(0), true);
}

function openDecoder(head: Buffer): Decode {
  const foreign = findForeignStart(head);
  if (foreign) throw foreign;
  const [a, b, c, d] = head;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    throw refused("The file is encoded as UTF-32. Save it as UTF-8.");
  if (a === 0xef && b === 0xbb && c === 0xbf) return utf8();
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return byLabel("utf-16le");
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return byLabel("utf-16be");
  return byDeclaration(head);
}

function byDeclaration(head: Buffer): Decode {
  const declared = /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(
    head.toString("latin1", 0, headBytes),
  )?.[1];
  const encoding = declared?.toLowerCase() ?? "utf-8";
  if (["utf-8", "utf8", "us-ascii", "ascii"].includes(encoding)) return utf8();
  if (["iso-8859-1", "latin1", "iso8859-1"].includes(encoding)) return (bytes) => bytes.toString("latin1");
  if (["windows-1252", "cp1252"].includes(encoding)) return byLabel("windows-1252");
  if (/^(utf-16|utf-32|ucs-)/.test(encoding))
    throw refused(`The file says that it is encoded as ${declared}, but its bytes are not. Save it as UTF-8.`);
  throw refused(`The encoding ${declared} is not supported. Save the file as UTF-8.`);
}

// Three times as fast as TextDecoder with `stream`, and exact about where the text stops being UTF-8.
function utf8(): Decode {
  let carried = Buffer.alloc(0);
  return (chunk, last) => {
    const bytes = carried.length > 0 ? Buffer.concat([carried, chunk]) : chunk;
    const tail = last ? 0 : unfinished(bytes);
    // A copy: the chunk's memory may be used again before the next one comes.
    carried = Buffer.from(bytes.subarray(bytes.length - tail));
    const whole = bytes.subarray(0, bytes.length - tail);
    if (isAscii(whole)) return whole.toString("latin1");
    const text = whole.toString("utf8");
    if (!isUtf8(whole)) throw new DecodeFault("UTF-8", text.slice(0, firstFault(whole, text)));
    return text;
  };
}

/** Index in the decoded text of the first character that stands for broken bytes. */
function firstFault(bytes: Buffer, text: string): number {
  let index = text.indexOf("\ufffd");
  // The file may hold U+FFFD itself, correctly encoded.
  for (let at = 0; index !== -1; index = text.indexOf("\ufffd", index + 1)) {
    at = Buffer.byteLength(text.slice(0, index));
    if (bytes[at] !== 0xef || bytes[at + 1] !== 0xbf || bytes[at + 2] !== 0xbd) return index;
  }
  return text.length;
}

/** How many bytes at the end begin a character that goes on in the next chunk. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

function byLabel(label: string): Decode {
  const decoder = new TextDecoder(label, { fatal: true });
  return (bytes, last) => {
    try {
      return decoder.decode(bytes, { stream: !last });
    } catch {
      throw new DecodeFault(label.toUpperCase(), "");
    }
  };
}
