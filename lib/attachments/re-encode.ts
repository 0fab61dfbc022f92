import sharp, { type Sharp } from "sharp";
import { Slots } from "@/lib/upload/slots";
import type { ImageType } from "./sniff";

/** An image as we have encoded it; `note` says what its sender may not expect. */
export type Encoded = { width: number; height: number; note: string | null };

// Of all frames together. A full-page screenshot of a high-resolution display has some 40 million. WebP and GIF are held
// in memory whole and encoded slowly: what is allowed takes a few seconds and some 200 MB at worst.
const mostPixels: Record<ImageType, number> = {
  "image/png": 50_000_000,
  "image/jpeg": 50_000_000,
  "image/gif": 25_000_000,
  "image/webp": 16_000_000,
};
const mostFrames = 300;
const timeoutSeconds = 20;

// One thread for each image and two images at once: the pages of everybody else need the machine too.
sharp.concurrency(1);
sharp.cache(false);
const slots = new Slots(2);

// The decoders of other formats (SVG, TIFF and more) are never reached, whatever a file looks like to the library.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadNsgif", "VipsForeignLoadWebp"],
});

/**
 * Writes the image anew from its pixels, in its own format: what was hidden in the file (metadata with the place where
 * a photo was taken, scripts behind the image) does not come along. Null when it is broken or larger than we decode.
 */
export async function reEncode(from: string, to: string, type: ImageType): Promise<Encoded | null> {
  await slots.take();
  try {
    return await encode(from, to, type);
  } catch {
    // The library has no kinds of errors: whatever it stumbles over, the file is not one that it can show.
    return null;
  } finally {
    slots.give();
  }
}

async function encode(from: string, to: string, type: ImageType): Promise<Encoded | null> {
  const header = await sharp(from, { limitInputPixels: false }).metadata();
  if (`image/${header.format}` !== type) return null;
  const frames = header.pages ?? 1;
  const pixels = header.width * header.height;
  const isAnimated = frames > 1 && frames <= mostFrames && pixels * frames <= mostPixels[type];

  const image = sharp(from, {
    limitInputPixels: mostPixels[type],
    // Line after line instead of the whole picture in memory.
    sequentialRead: true,
    ...(isAnimated && { animated: true }),
  })
    .autoOrient()
    .timeout({ seconds: timeoutSeconds });
  const { width, height, pageHeight } = await formats[type](image).toFile(to);
  return {
    width,
    height: pageHeight ?? height,
    note: frames > 1 && !isAnimated ? "Only the first picture of the animation was kept: it has too many." : null,
  };
}

const formats: Record<ImageType, (image: Sharp) => Sharp> = {
  "image/png": (image) => image.png(),
  // Screenshots have coloured text, which a halved colour resolution would blur. To find the best codes for an image the
  // encoder would hold all of it.
  "image/jpeg": (image) => image.jpeg({ quality: 90, chromaSubsampling: "4:4:4", optimizeCoding: false }),
  "image/gif": (image) => image.gif({ effort: 2 }),
  "image/webp": (image) => image.webp({ quality: 90, effort: 2 }),
};
