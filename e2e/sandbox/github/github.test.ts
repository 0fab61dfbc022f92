import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { specsDir } from "@/e2e/vitest/external";
import { specFileOf } from "../spec-files";
import { startGithub } from "./server";

let sandbox: Awaited<ReturnType<typeof startGithub>>;
beforeAll(async () => {
  sandbox = await startGithub({ specFile: specFileOf("github-rest.json") });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const api = (method: string, path: string, body?: unknown) =>
  fetch(sandbox.apiUrl + path, {
    method,
    headers: { "content-type": "application/json", authorization: `Bearer ${sandbox.tokens.token}` },
    body: body === undefined ? null : JSON.stringify(body),
  });
const graphql = async (query: string, variables: object = {}) =>
  (await api("POST", "/graphql", { query, variables })).json();

it("[K9] a delivery is signed as GitHub signs, and a redelivery has the id of the first", async () => {
  const got: { headers: IncomingHttpHeaders; body: string }[] = [];
  const inbox = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += String(chunk)));
    request.on("end", () => {
      got.push({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => inbox.listen(0, "127.0.0.1", resolve));
  const { port } = inbox.address() as AddressInfo; // it listens on TCP
  try {
    const config = { url: `http://127.0.0.1:${port}/`, secret: "s3cret", content_type: "json" };
    const hook = await (
      await api("POST", "/repos/acme/checkout/hooks", { config, events: ["issues"], active: true })
    ).json();
    await expect.poll(() => got.map(({ headers }) => headers["x-github-event"])).toEqual(["ping"]);
    await api("POST", "/repos/acme/checkout/issues", { title: "Told" });
    await expect.poll(() => got).toHaveLength(2);
    const [, told] = got;
    const signature = createHmac("sha256", "s3cret")
      .update(told?.body ?? "")
      .digest("hex");
    expect(told?.headers).toMatchObject({
      "x-github-event": "issues",
      "x-github-hook-id": String(hook.id),
      "x-hub-signature-256": `sha256=${signature}`,
      "x-github-delivery": expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    });
    const path = `/repos/acme/checkout/hooks/${hook.id}/deliveries`;
    const [last] = await (await api("GET", path)).json();
    expect((await api("POST", `${path}/${last.id}/attempts`)).status).toBe(202);
    await expect.poll(() => got).toHaveLength(3);
    expect(got[2]?.headers["x-github-delivery"]).toBe(told?.headers["x-github-delivery"]);
    expect(sandbox.violations() ?? []).toEqual([]);
  } finally {
    inbox.close();
  }
});

it("[K9] an operation that does not fit the official schema is refused and noticed", async () => {
  specsDir("github-projectsv2.schema.graphql");
  for (const [query, variables, wrong] of [
    ["query A { viewer { login shoeSize } }", {}, "Field 'shoeSize' doesn't exist on type 'User'"],
    ["query B { organization { login } }", {}, "organization needs argument 'login'"],
    ["query C($id: ID!) { node(id: $id) { id } }", {}, "$id must not be null"],
    ['query D { user(login: "x") }', {}, "'user' must have a selection"],
    [
      "mutation E($p: ID!) { addProjectV2ItemById(input: {projectId: $p, content: 3}) { item { id } } }",
      { p: "x" },
      "addProjectV2ItemById.input has no 'content'",
    ],
  ] as const) {
    const { errors } = await graphql(query, variables);
    expect(errors[0].message).toContain(wrong);
  }
  expect(sandbox.violations()).toHaveLength(6);
  expect(await graphql("query F { viewer { login } }")).toEqual({ data: { viewer: { login: "qa-bot" } } });
});

it("[K9] the search takes what stands in quotes as words, whatever it is", async () => {
  await api("POST", "/repos/acme/checkout/issues", { title: "repo:acme/payments is open" });
  const found = async (q: string) =>
    (await (await api("GET", `/search/issues?${new URLSearchParams({ q })}`)).json()).total_count;
  expect(await found('is:issue "repo:acme/payments"')).toBe(1);
  expect(await found("is:issue repo:acme/payments")).toBe(1);
  expect(await found('is:issue repo:acme/checkout "repo:acme/payments"')).toBe(1);
  expect(await found('is:issue repo:acme/checkout "no such words"')).toBe(0);
  expect((await api("GET", "/search/issues?q=word")).status).toBe(422);
});

it("[K9] a person sees the board and edits its options, whose ids are then other ones", async () => {
  const page = async (path: string) => (await fetch(sandbox.url + path)).text();
  expect(await page("/orgs/acme/projects")).toContain("Quality");
  expect(await page("/orgs/acme/projects/1/settings")).toContain("P0, P1, P2, P3, P4");
  const field = sandbox.upstream.state().boards[0]?.fields.find(({ name }) => name === "Priority");
  const before = field?.options?.map(({ id }) => id) ?? [];
  await fetch(`${sandbox.url}/orgs/acme/projects/1/settings`, {
    method: "POST",
    body: new URLSearchParams({ field: field?.id ?? "", options: "P0, P1, <b>" }),
  });
  expect(field?.options?.map(({ name }) => name)).toEqual(["P0", "P1", "<b>"]);
  expect(field?.options?.some(({ id }) => before.includes(id))).toBe(false);
  expect(await page("/orgs/acme/projects/1/settings")).not.toContain("<b>");
});
