import { expect, it, vi } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import type { FetchInit } from "@/lib/http/transport";
import { azureDevops } from ".";

let isLoaded = false;
vi.mock("azure-devops-node-api/VsoClient.js", async (original) => {
  isLoaded = true;
  return original();
});

const projects = {
  id: "603fe2ac-9723-48b9-88ad-09305aa6c6e1",
  ...{ area: "core", resourceName: "projects", routeTemplate: "_apis/{resource}/{*projectId}", resourceVersion: 4 },
  ...{ minVersion: "1.0", maxVersion: "7.2", releasedVersion: "7.1" },
};
const project = { id: "p-1", name: "Webshop", state: "wellFormed", visibility: "private" };

let sites = 0;
/** The tracker on a server that answers what it is told; each on a host of its own, as routes are remembered. */
function openOn(locations: unknown, answer: (url: string) => Response = () => Response.json(project)) {
  const seen: { url: string; init: FetchInit | undefined }[] = [];
  const tracker = azureDevops.open({
    baseUrl: `https://tfs-${sites++}.acme.test/C`,
    credential: { type: "pat", values: { token: "c0ffee00c0ffee00c0ffee00" } },
    settings: {},
    async fetch(input, init) {
      seen.push({ url: String(input), init });
      return init?.method === "OPTIONS" ? Response.json(locations) : answer(String(input));
    },
  });
  return { tracker, seen };
}

it("[D1] the client library is loaded by the first call, and not before", async () => {
  expect(isLoaded).toBe(false);
  const { tracker } = openOn({ count: 1, value: [projects] });
  expect(isLoaded).toBe(false);
  expect(await tracker.getProject({ key: "Webshop" })).toMatchObject({ remoteId: "p-1", canWrite: true });
  expect(isLoaded).toBe(true);
});

it("[D3] every call goes by the transport, follows nothing by itself, and asks for no page to sign in on", async () => {
  const { tracker, seen } = openOn({ count: 1, value: [projects] });
  await Promise.all([tracker.getProject({ key: "Web shop" }), tracker.getProject({ key: "../x" })]);
  expect(seen.map(({ init }) => init?.method)).toEqual(["OPTIONS", "GET", "GET"]);
  for (const { init } of seen) {
    expect(init).toMatchObject({ redirect: "manual", headers: { "x-tfs-fedauthredirect": "Suppress" } });
    expect(init?.template).toMatch(/^\/_apis\//);
  }
  expect(new URL(seen[1]?.url ?? "").pathname).toBe("/C/_apis/projects/Web%20shop");
  expect(new URL(seen[2]?.url ?? "").pathname).toBe("/C/_apis/projects/..%2Fx");
});

it.each([
  "//evil.test/{resource}",
  "https://evil.test/{resource}",
  "\\\\evil.test\\{resource}",
  "../../../{resource}",
  "@evil.test/{resource}",
])("[D3] a route that leads elsewhere, %s, leads nowhere else", async (routeTemplate) => {
  const { tracker, seen } = openOn({ count: 1, value: [{ ...projects, routeTemplate }] });
  await tracker.getProject({ key: "Webshop" }).catch(() => undefined);
  expect(new Set(seen.map(({ url }) => new URL(url).host)).size).toBe(1);
});

it.each([
  ["knows nothing", { count: 0, value: [] }, "not_supported"],
  ["says something else", { hello: 1 }, "tracker_unreadable"],
  ["has thousands of routes", { value: Array.from({ length: 6_000 }, () => projects) }, "tracker_unreadable"],
])("[D3] a server that %s: nothing was sent but the question", async (_, locations, kind) => {
  const { tracker, seen } = openOn(locations);
  expect(await failureOf(tracker.getProject({ key: "Webshop" }))).toMatchObject({ kind, outcome: "refused" });
  expect(seen).toHaveLength(1);
});

it("[D3] a work item's text that looks like a page to sign in on is none", async () => {
  const text = '<input type=password> <input type="password">';
  const { tracker } = openOn({ count: 1, value: [projects] }, () => Response.json({ ...project, name: text }));
  expect(await tracker.getProject({ key: "x" })).toMatchObject({ name: text });
});

it("[D3] what a server repeats of the token gets into no message", async () => {
  const token = "c0ffee00c0ffee00c0ffee00";
  const forms = [token, Buffer.from(`:${token}`).toString("base64")];
  const rule = { fieldReferenceName: forms.join(" "), fieldStatusFlags: "", errorMessage: forms.join(" ").repeat(100) };
  const body = { message: forms.join(" or "), customProperties: { RuleValidationErrors: Array(3_000).fill(rule) } };
  const { tracker } = openOn({ count: 1, value: [projects] }, () => Response.json(body, { status: 400 }));
  const { message, fields, cause } = await failureOf(tracker.getProject({ key: "x" }));
  const told = JSON.stringify({ message, fields, cause });
  for (const form of forms) expect(told).not.toContain(form);
  expect(told.length).toBeLessThan(2_000);
});

it("[D3] a team whose members never end is given up", async () => {
  const core = { area: "core", resourceVersion: 1, minVersion: "1.0", maxVersion: "7.2", releasedVersion: "7.1" };
  const [teams, members] = ["_apis/projects/{projectId}/teams", "_apis/projects/{projectId}/teams/{teamId}/members"];
  const routes = [
    { ...core, id: "d30a3dd1-f8ba-442a-b86a-bd0c0c383e59", resourceName: "teams", routeTemplate: teams },
    { ...core, id: "294c494c-2600-4d7e-b76c-3dd50c3c95be", resourceName: "members", routeTemplate: members },
  ];
  const page = Array.from({ length: 500 }, () => ({ identity: { id: "0a0a0a0a-0a0a-0a0a-0a0a-0a0a0a0a0a0a" } }));
  let calls = 0;
  const { tracker } = openOn({ value: routes }, (url) => {
    if (++calls > 500) throw new Error("It goes on for ever.");
    const { pathname } = new URL(url);
    if (pathname.endsWith("/members")) return Response.json({ value: page });
    return Response.json({ value: pathname.endsWith("/teams") ? [{ id: "t" }] : [] });
  });
  const listed = tracker.listUsers({ project: { remoteId: "p-1", key: "Webshop" } });
  expect(await failureOf(listed)).toMatchObject({ kind: "tracker_unreadable" });
  expect(calls).toBeLessThan(100);
});

it("[D6] what one token's way to a server tells of its routes leads nobody else's calls", async () => {
  const on = (token: string, routeTemplate: string) => {
    const paths: string[] = [];
    const tracker = azureDevops.open({
      baseUrl: "https://tfs-shared.acme.test/C",
      credential: { type: "pat", values: { token } },
      settings: {},
      async fetch(input, init) {
        if (init?.method === "OPTIONS") return Response.json({ value: [{ ...projects, routeTemplate }] });
        paths.push(new URL(String(input)).pathname);
        return Response.json(project);
      },
    });
    return { tracker, paths };
  };
  const hostile = on("c0ffee00", "_apis/elsewhere/{*projectId}");
  await hostile.tracker.getProject({ key: "Webshop" });
  const other = on("c0ffee11", projects.routeTemplate);
  await other.tracker.getProject({ key: "Webshop" });
  expect(hostile.paths).toEqual(["/C/_apis/elsewhere/Webshop"]);
  expect(other.paths).toEqual(["/C/_apis/projects/Webshop"]);
});
