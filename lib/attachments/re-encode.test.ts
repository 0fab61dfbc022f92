import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reEncode } from "./re-encode";
import type { ImageType } from "./sniff";
import { animation, hugePng, photo, smallImage } from "./testing";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "faultline-images-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function encode(bytes: Uint8Array, type: ImageType) {
  const from = path.join(folder, randomBytes(6).toString("hex"));
  const to = `${from}.encoded`;
  await writeFile(from, bytes);
  const encoded = await reEncode(from, to, type);
  return { encoded, bytes: encoded ? await readFile(to) : null };
}

const colourAt = async (bytes: Uint8Array | null, left: number, top: number) => {
  const { data } = await sharp(bytes ?? Buffer.alloc(0))
    .extract({ left, top, width: 1, height: 1 })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data].map((value) => Math.round(value / 64));
};

describe("an image", () => {
  it.each<ImageType>(["image/png", "image/jpeg", "image/gif", "image/webp"])(
    "[G8] of type %s keeps its format, its size and its picture",
    async (type) => {
      const { encoded, bytes } = await encode(await smallImage(type), type);
      expect(encoded).toEqual({ width: 40, height: 20, note: null });
      expect(`image/${(await sharp(bytes ?? Buffer.alloc(0)).metadata()).format}`).toBe(type);
      expect(await colourAt(bytes, 5, 2)).toEqual([4, 0, 0]);
      expect(await colourAt(bytes, 5, 17)).toEqual([0, 0, 4]);
    },
  );

  it("[G8] loses what says where it was taken, and is turned the right way up", async () => {
    const original = await photo();
    expect(original.includes("the photographer")).toBe(true);
    expect((await sharp(original).metadata()).orientation).toBe(6);
    const { encoded, bytes } = await encode(original, "image/jpeg");
    expect(encoded).toMatchObject({ width: 20, height: 40 });
    const { exif, orientation, icc, xmp } = await sharp(bytes ?? Buffer.alloc(0)).metadata();
    expect({ exif, orientation, icc, xmp }).toEqual({});
    expect(bytes?.includes("the photographer")).toBe(false);
    // A quarter to the right: what was above is at the right now.
    expect(await colourAt(bytes, 17, 20)).toEqual([4, 0, 0]);
  });

  it("[G8] loses a text and a script that stand in it or behind it", async () => {
    const script = "<script>alert(1)</script>";
    const png = await smallImage("image/png");
    const { encoded, bytes } = await encode(Buffer.concat([png, Buffer.from(script)]), "image/png");
    expect(encoded).not.toBeNull();
    expect(bytes?.includes("script")).toBe(false);
  });

  it.each(["image/gif", "image/webp"] as const)("[G8] that moves (%s) goes on moving", async (type) => {
    const { encoded, bytes } = await encode(await animation(type, 5), type);
    expect(encoded).toEqual({ width: 8, height: 8, note: null });
    expect((await sharp(bytes ?? Buffer.alloc(0)).metadata()).pages).toBe(5);
  });

  it("[G8] that moves for too long keeps its first picture, and says so", async () => {
    const { encoded, bytes } = await encode(await animation("image/gif", 400), "image/gif");
    expect(encoded).toMatchObject({ width: 8, height: 8, note: expect.stringContaining("first picture") });
    expect((await sharp(bytes ?? Buffer.alloc(0)).metadata()).pages ?? 1).toBe(1);
  });
});

describe("what is refused as an image", () => {
  it.each<[string, () => Promise<Uint8Array>, ImageType]>([
    ["a GIF header with HTML behind it", async () => Buffer.from("GIF89a<script>alert(1)</script>"), "image/gif"],
    ["an SVG that is called a PNG", async () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image/png"],
    ["a JPEG that is called a PNG", () => smallImage("image/jpeg"), "image/png"],
    ["a PNG that breaks off", async () => (await smallImage("image/png")).subarray(0, 60), "image/png"],
    ["a JPEG that breaks off", async () => (await photo()).subarray(0, 500), "image/jpeg"],
    [
      "noise with a JPEG's beginning",
      async () => Buffer.concat([Buffer.from("ffd8ffe0", "hex"), randomBytes(9_000)]),
      "image/jpeg",
    ],
    ["2,000,000,000 dots by 2,000,000,000", async () => hugePng(2_000_000_000, 2_000_000_000), "image/png"],
    ["400 million dots in 50 kB", async () => hugePng(20_000, 20_000), "image/png"],
  ])("[G8] %s, in time and without the memory it asks for", async (_what, make, type) => {
    const bytes = await make();
    const [startedMs, residentBytes] = [performance.now(), process.memoryUsage.rss()];
    expect((await encode(bytes, type)).encoded).toBeNull();
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    expect(process.memoryUsage.rss() - residentBytes).toBeLessThan(100_000_000);
  });

  it("[G8] other formats have no decoder here at all", async () => {
    const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
    await expect(sharp(svg).png().toBuffer()).rejects.toThrow();
  });
});
