import type { RequestListener } from "node:http";
import { describe, expect, it } from "vitest";
import { open as openTransport, serve } from "@/lib/http/test-server";
import { offersOf } from "@/lib/trackers/offers";
import { simpleUrl } from ".";
import { titleIn } from "./title";

const values = { header: "X-API-Key", key: "s3cret-key" };

async function site(listener: RequestListener, credential: Record<string, string> = values) {
  const seen: { url: string | undefined; key: string | string[] | undefined }[] = [];
  const url = await serve((request, response) => {
    seen.push({ url: request.url, key: request.headers["x-api-key"] ?? request.headers.authorization });
    listener(request, response);
  });
  const type = Object.keys(credential).length > 0 ? "api_key" : "none";
  const { fetch, records } = openTransport({ deadlineMs: 1_000 });
  const baseUrl = `${url}/issues/{issueId}`;
  const tracker = simpleUrl.open({ baseUrl, credential: { type, values: credential }, settings: {}, fetch });
  return { tracker, seen, records, url, baseUrl };
}

const page =
  (body: string, type = "text/html; charset=utf-8"): RequestListener =>
  (_, response) =>
    response.writeHead(200, { "content-type": type }).end(body);
const project = { remoteId: "site", key: "x" };
const titleFrom = async (listener: RequestListener) => {
  const { tracker } = await site(listener);
  return (await tracker.getIssue({ project, ref: "12" })).title;
};

describe("a tracker that is known by its addresses alone", () => {
  it("[D8] files, finds, follows and changes nothing: no sync can overwrite what was linked", () => {
    expect(Object.keys(offersOf(simpleUrl)).sort()).toEqual(["getIssue", "getProject", "listProjects", "probe"]);
    expect("webhook" in simpleUrl).toBe(false);
  });

  it("[D8] makes no call without a key, and the id stands for the title", async () => {
    const { tracker, seen, url } = await site(page("<title>Not read</title>"), {});
    await tracker.probe();
    expect(await tracker.getIssue({ project, ref: "PAY-1" })).toMatchObject({
      ...{ remoteId: "PAY-1", key: "PAY-1", title: "PAY-1", state: "linked", category: "open" },
      url: `${url}/issues/PAY-1`,
    });
    expect(seen).toEqual([]);
  });

  it("[D8] has one place for issues, found by any part of its name", async () => {
    const { tracker, baseUrl } = await site(page(""));
    const { items, next } = await tracker.listProjects({});
    expect([items, next]).toMatchObject([[{ remoteId: "site", key: new URL(baseUrl).host, isArchived: false }], null]);
    expect((await tracker.listProjects({ query: "127" })).items).toHaveLength(1);
    expect((await tracker.listProjects({ query: "elsewhere" })).items).toEqual([]);
    await expect(tracker.getProject({ key: "elsewhere" })).rejects.toMatchObject({ kind: "tracker_not_found" });
  });

  it("[D8] refuses an id that could bend the address, before any call", async () => {
    const { tracker, seen } = await site(page(""));
    await expect(tracker.getIssue({ project, ref: "../admin" })).rejects.toMatchObject({ kind: "tracker_not_found" });
    expect(seen).toEqual([]);
  });
});

describe("the title", () => {
  it("[D8] is looked up with the key, at the encoded address", async () => {
    const { tracker, seen, records } = await site(page('{"title":" Refund\\n rounds down "}', "application/json"));
    expect((await tracker.getIssue({ project, ref: "a/12" })).title).toBe("Refund rounds down");
    expect(seen).toEqual([{ url: "/issues/a%2F12", key: values.key }]);
    expect(records).toMatchObject([{ method: "GET", pathTemplate: "/{issue}", outcome: "accepted" }]);
  });

  it("[D8] takes what stands before the key", async () => {
    const { tracker, seen } = await site(page("{}", "application/json"), {
      ...{ header: "Authorization", key: "abcd", scheme: "Bearer" },
    });
    await tracker.getIssue({ project, ref: "1" });
    expect(seen[0]?.key).toBe("Bearer abcd");
  });

  it.each([
    ['{"summary":"S"}', "S"],
    ['{"issue":{"subject":"T"}}', "T"],
    ['{"fields":{"summary":"J"}}', "J"],
    ['{"data":{"title":"D"}}', "D"],
    ['{"title":7}', "12"],
    ['{"title":"  "}', "12"],
    ["[]", "12"],
    ["{", "12"],
  ])("[D8] in %s", async (body, title) => expect(await titleFrom(page(body, "application/vnd.x+json"))).toBe(title));

  it.each([
    ['<head><meta property="og:title" content="A &amp; B &#39;c&#x27;"><title>T</title>', "A & B 'c'"],
    ["<meta content='Second order' name=og:title>", "Second order"],
    ["<title>\n Only\n this </title>", "Only this"],
    ['<meta property="og:title" content=""><title>T</title>', "T"],
    ["<p>nothing</p>", "12"],
    ['<title>Sign in</title><form><input name="p" type="password">', "12"],
  ])("[D8] in the page %s", async (body, title) => expect(await titleFrom(page(body))).toBe(title));

  it.each<[string, RequestListener]>([
    ["404", (_, response) => response.writeHead(404).end("<title>No</title>")],
    ["401", (_, response) => response.writeHead(401).end("<title>No</title>")],
    ["500", (_, response) => response.writeHead(500).end("<title>No</title>")],
    ["a reset", (request) => request.socket.destroy()],
    ["silence", () => undefined],
    ["a picture", page("<title>No</title>", "image/png")],
  ])("[D8] is the id after %s: linking goes on", async (_, listener) => expect(await titleFrom(listener)).toBe("12"));

  it("[D8] [F5] is not taken from another host, which never sees the key", async () => {
    const keys: unknown[] = [];
    const elsewhere = await serve((request, response) => {
      keys.push(request.headers["x-api-key"]);
      response.writeHead(200, { "content-type": "text/html" }).end("<title>Sign in</title>");
    });
    const moved: RequestListener = (_, response) => response.writeHead(302, { location: `${elsewhere}/in` }).end();
    expect(await titleFrom(moved)).toBe("12");
    expect(keys).toEqual([undefined]);
    const { tracker } = await site(moved);
    await expect(tracker.probe()).rejects.toMatchObject({ kind: "tracker_unauthorized" });
  });

  it.each(["Accept", "user-agent", "Host", "Cookie", "a b", "x:y", "Content-Length"])(
    "[F5] a key in the header %j is refused before a call",
    async (header) => {
      const { tracker, seen } = await site(page(""), { ...values, header });
      await expect(tracker.probe()).rejects.toMatchObject({ fields: { "credential.header": expect.any(String) } });
      expect(seen).toEqual([]);
    },
  );

  it("[D8] is found within bounded time in a page that is made to take long", () => {
    const started = performance.now();
    for (const piece of ["<meta ", '<meta content="', "<title", '<input type="', "<meta property=og:title "])
      titleIn(piece.repeat(100_000), "text/html");
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe("its probe", () => {
  it.each([
    [401, "tracker_unauthorized"],
    [403, "tracker_forbidden"],
    [429, "tracker_rate_limited"],
    [503, "tracker_failed"],
  ])("[D3] says of %i that it is %s", async (status, kind) => {
    const { tracker } = await site((_, response) => response.writeHead(status).end());
    await expect(tracker.probe()).rejects.toMatchObject({ kind });
  });

  it("[D3] is content with an issue that is not there, and tells the clock", async () => {
    const { tracker } = await site((_, response) => response.writeHead(404).end());
    const { account, clockSkewMs } = await tracker.probe();
    expect(account).toBeNull();
    expect(Math.abs(clockSkewMs ?? Number.POSITIVE_INFINITY)).toBeLessThan(5_000);
  });
});
