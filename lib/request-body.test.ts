import { describe, expect, it } from "vitest";
import { readJson } from "./boundary";
import { documentBodyBytes, readBody, usualBodyBytes } from "./request-body";

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request("http://localhost/x", { method: "POST", headers, body, duplex: "half" } as RequestInit); // Node's own option

/** A body that tells nothing of its length and counts what is taken of it. */
function endless() {
  const taken = { bytes: 0 };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken.bytes += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
  return { stream, taken };
}

describe("a JSON body", () => {
  it("[K6] is read up to the limit and refused above it", async () => {
    const padded = (bytes: number) => post(`"${"x".repeat(bytes - 2)}"`);
    expect(await readJson(padded(usualBodyBytes))).toHaveLength(usualBodyBytes - 2);
    await expect(readJson(padded(usualBodyBytes + 1))).rejects.toMatchObject({
      kind: "too_large",
      message: "The body is larger than 1,024 KiB.",
    });
    expect(await readJson(padded(usualBodyBytes + 1), { maxBytes: documentBodyBytes })).toHaveLength(
      usualBodyBytes - 1,
    );
  });

  it("[K6] is not read to its end when it is endless", async () => {
    const { stream, taken } = endless();
    await expect(readJson(post(stream))).rejects.toMatchObject({ kind: "too_large" });
    expect(taken.bytes).toBeLessThan(2 * usualBodyBytes);
  });

  it("[K6] is not read at all when it says that it is too large", async () => {
    const { stream, taken } = endless();
    const request = post(stream, { "content-length": String(2 * usualBodyBytes) });
    await expect(readBody(request, usualBodyBytes)).rejects.toMatchObject({ kind: "too_large" });
    expect(taken.bytes).toBeLessThan(usualBodyBytes);
  });

  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["not UTF-8", new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
    ["too deep", `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`],
  ])("[K6] is refused as malformed: %s", async (_, body) => {
    await expect(readJson(post(body))).rejects.toMatchObject({ kind: "malformed_request" });
  });

  it("[K6] may be as deep as a document", async () => {
    const depth = 400;
    const value = await readJson(post(`${"[".repeat(depth)}${"]".repeat(depth)}`));
    expect(JSON.stringify(value)).toHaveLength(2 * depth);
  });
});
