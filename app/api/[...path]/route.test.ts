import { expect, it } from "vitest";
import { config } from "@/proxy";
import { DELETE, GET, PATCH, POST, PUT } from "./route";

it.each(Object.entries({ GET, POST, PUT, PATCH, DELETE }))(
  "[K6] %s of an address that does not exist is answered as a problem that no browser shows as a page",
  async (method, handler) => {
    const response = await handler(new Request("http://localhost:3000/api/nothing/here", { method }));
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await response.json()).toMatchObject({ kind: "not_found" });
  },
);

it("[K6] every other address gets the policy of a page, also one that only begins like a file of ours", () => {
  const passes = (path: string) => new RegExp(`^${config.matcher[0]}$`).test(path);
  for (const path of ["/", "/sign-in", "/api", "/favicon.ico", "/icon.svg/x", "/nothing"])
    expect(passes(path), path).toBe(true);
  for (const path of ["/api/x", "/icon.svg", "/_next/static/a.js"]) expect(passes(path), path).toBe(false);
});
