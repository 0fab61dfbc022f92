import { NextRequest } from "next/server";
import { expect, it, vi } from "vitest";

const ask = async (url: string) => {
  vi.resetModules();
  vi.stubEnv("FAULTLINE_URL", url);
  const { proxy } = await import("@/proxy");
  return (path: string) => proxy(new NextRequest(new URL(path, url), { headers: { "x-pathname": "//evil.example" } }));
};

it("[A1] a browser that came by https comes by https from then on, and only then", async () => {
  const secure = (await ask("https://faultline.example.com"))("/");
  expect(secure.headers.get("strict-transport-security")).toBe("max-age=31536000");
  const plain = (await ask("http://localhost:3000"))("/");
  expect(plain.headers.has("strict-transport-security")).toBe(false);
});

it("[A4] each page has a nonce of its own, and its own path whatever the request says", async () => {
  const visit = await ask("http://localhost:3000");
  const [one, two] = [visit("/projects?q=1"), visit("/projects?q=1")];
  const nonces = [one, two].map(
    ({ headers }) => /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1],
  );
  expect(nonces[0]).toBeTruthy();
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(one.headers.get("x-middleware-request-x-pathname")).toBe("/projects?q=1");
});
