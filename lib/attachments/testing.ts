import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import type { ImageType } from "./sniff";

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([u32(data.length), body, u32(crc32(body))]);
};

/** A PNG of black dots as PNG's own rules make it, so that its size can be as absurd as the file is small. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.concat([u32(width), u32(height), Buffer.from([1, 0, 0, 0, 0])]);
  const rows = Buffer.alloc(Math.min((Math.ceil(width / 8) + 1) * height, 60_000_000));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A small image, red above and blue below. */
export async function smallImage(type: ImageType, { width = 40, height = 20 } = {}): Promise<Buffer> {
  const half = { width, height: height / 2, channels: 3 } as const;
  const blue = await sharp({ create: { ...half, background: "#0000ff" } })
    .png()
    .toBuffer();
  const image = sharp({ create: { ...half, height, background: "#ff0000" } }).composite([
    { input: blue, top: height / 2, left: 0 },
  ]);
  const format = type.slice("image/".length) as "png" | "jpeg" | "gif" | "webp"; // what the type is made of
  return image.toFormat(format).toBuffer();
}

/** An animation of so many frames, each of another colour. */
export async function animation(type: "image/gif" | "image/webp", frames: number, { width = 8, height = 8 } = {}) {
  const pixels = Buffer.alloc(width * height * frames * 3);
  for (let frame = 0; frame < frames; frame++)
    pixels.fill((frame * 37) % 256, frame * width * height * 3, (frame + 1) * width * height * 3);
  const raw = { width, height: height * frames, channels: 3, pageHeight: height } as const;
  const image = sharp(pixels, { raw });
  return (type === "image/gif" ? image.gif() : image.webp({ lossless: true })).toBuffer();
}

/** A photo that says where and with what it was taken, and which way is up. */
export async function photo(): Promise<Buffer> {
  return sharp(await smallImage("image/jpeg"))
    .withExif({
      IFD0: { Copyright: "the photographer" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 0/1" },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

/** The bytes in pieces of one size, as a stream brings them. */
export async function* inPieces(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
