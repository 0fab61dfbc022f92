import { expect, it } from "vitest";
import { sniff } from "./sniff";

const bytes = (text: string) => Buffer.from(text, "latin1");
const text = "text/plain; charset=utf-8";
const unknown = "application/octet-stream";

it.each<[string, Uint8Array, string]>([
  ["a PNG", bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "image/png"],
  ["a PNG whose line ends were mended", bytes("\x89PNG\n\x1a\n"), unknown],
  ["a JPEG", bytes("\xff\xd8\xff\xe0\0\x10JFIF"), "image/jpeg"],
  ["a GIF", bytes("GIF89a\x01\0\x01\0"), "image/gif"],
  ["a GIF header with HTML behind it", bytes("GIF89a<script>alert(1)</script>"), "image/gif"],
  ["a WebP", bytes("RIFF\x24\0\0\0WEBPVP8 "), "image/webp"],
  ["another RIFF", bytes("RIFF\x24\0\0\0WAVEfmt "), unknown],
  ["a PDF", bytes("%PDF-1.7\n"), "application/pdf"],
  ["a zip", bytes("PK\x03\x04\x14\0"), "application/zip"],
  ["an empty zip", bytes(`PK\x05\x06${"\0".repeat(18)}`), "application/zip"],
  ["an SVG", bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), text],
  ["HTML", bytes("<!doctype html><script>alert(1)</script>"), text],
  ["a log in a terminal's colours", bytes("\x1b[31mfailed\x1b[0m\r\n\tat x\n"), text],
  ["UTF-8 that is cut in a character", Buffer.from("Äußere Straße €").subarray(0, -1), text],
  ["UTF-16", Buffer.from("\ufefflog", "utf16le"), unknown],
  ["Latin-1", bytes("Stra\xdfe"), unknown],
  ["a NUL in a text", bytes("text\0text"), unknown],
  ["an AVIF, which is not encoded again", bytes("\0\0\0\x20ftypavif"), unknown],
])("[G8] by its content %s is taken for what it is", (_what, head, type) => {
  expect(sniff(head)).toBe(type);
});
