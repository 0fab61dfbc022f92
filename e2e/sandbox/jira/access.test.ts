import { describe, expect, it } from "vitest";
import { authorizationOf, basic, clientOf, faces, useJira } from "./testing";

describe.each(faces)("access to Jira (%s)", (face) => {
  const use = useJira(face);

  it("[K9] nobody, a wrong token and an expired one are told apart from who may not", async () => {
    expect((await use.anonymous("GET", "/myself")).status).toBe(401);
    const wrong = clientOf(use.jira().url + use.api, use.isCloud ? basic("qa-bot@acme.example", "x") : "Bearer x");
    const { status, headers } = await wrong("GET", "/myself");
    expect([status, headers.get("x-seraph-loginreason")]).toEqual([401, "AUTHENTICATED_FAILED"]);
    expect((await use.asReader("PUT", "/issue/PAY-2", { fields: { summary: "x" } })).status).toBe(403);
    use.jira().expire("write");
    expect((await use.send("GET", "/myself")).status).toBe(401);
    await use.jira().reset();
    expect((await use.send("GET", "/myself")).status).toBe(200);
  });

  it("[K9] the budget really runs out, in the headers of this Jira", async () => {
    use.jira().rateLimit.set({ remaining: 2, resetSeconds: 60 });
    const left = [];
    for (let i = 0; i < 2; i++) left.push((await use.send("GET", "/myself")).headers.get("x-ratelimit-remaining"));
    const refused = await use.send("GET", "/myself");
    expect([left, refused.status]).toEqual([["1", "0"], 429]);
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(55);
    expect(seconds).toBeLessThanOrEqual(60);
    const reset = refused.headers.get("x-ratelimit-reset");
    if (use.isCloud) {
      expect(reset).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(refused.headers.get("ratelimit-reason")).toBe("jira-burst-based");
    } else {
      expect([reset, refused.headers.get("x-ratelimit-interval-seconds")]).toEqual([null, "60"]);
    }
    use.jira().rateLimit.set({ remaining: 0, status: 503, retryAfter: "", secondary: true });
    const bare = await use.send("GET", "/myself");
    expect([bare.status, bare.headers.get("retry-after")]).toEqual([503, null]);
    expect(bare.headers.get("ratelimit-reason")).toBe(use.isCloud ? "jira-per-issue-on-write" : null);
  });

  it("[K9] a snapshot brings back what was there, and reset the seed", async () => {
    const jira = use.jira();
    const titles = async () => (await jira.issues("PAY")).map(({ title }) => title);
    const before = await titles();
    await use.send("PUT", "/issue/PAY-2", { fields: { summary: "Changed" } });
    const snapshot = jira.snapshot();
    await use.asAdmin("DELETE", "/issue/PAY-2");
    expect(await titles()).toHaveLength(3);
    jira.restore(snapshot);
    expect((await titles())[1]).toBe("Changed");
    await jira.reset();
    expect(await titles()).toEqual(before);
  });

  it("[K9] the log tells what came and from whom, but no secret", async () => {
    await use.send("GET", "/myself");
    const calls = use.jira().calls();
    expect(calls).toMatchObject([
      { method: "GET", status: 200, login: "qa-bot", path: expect.stringMatching(/myself$/) },
    ]);
    const { values } = use.jira().credentials.write;
    expect(JSON.stringify(calls)).not.toContain(values.token);
  });
});

describe("access to Jira Cloud", () => {
  const use = useJira("cloud");
  const cloud = () => {
    const jira = use.jira();
    if (!("gatewayUrl" in jira)) throw new Error("This is no Cloud.");
    return jira;
  };

  it("[K9] the site names its cloud id to anybody, and has the API of version 3", async () => {
    const { data } = await clientOf(use.jira().url, null)("GET", "/_edge/tenant_info");
    expect(data.cloudId).toBe(cloud().cloudId);
    expect((await use.send("GET", "/serverInfo")).data).toMatchObject({
      deploymentType: "Cloud",
      baseUrl: cloud().url,
    });
  });

  it("[K9] a token with scopes works through the gateway only, a classic one at the site only", async () => {
    const { gatewayUrl, url, credentials } = cloud();
    const status = async (base: string, name: keyof typeof credentials, path = "/myself") =>
      (await clientOf(`${base}/rest/api/3`, authorizationOf(credentials[name]))("GET", path)).status;
    expect(await status(gatewayUrl, "scoped")).toBe(200);
    expect(await status(gatewayUrl, "oauth")).toBe(200);
    expect(await status(url, "write")).toBe(200);
    expect(await status(url, "scoped")).toBe(401);
    expect(await status(gatewayUrl, "write")).toBe(401);
    expect(await status(gatewayUrl.replace(/[^/]+$/, "00000000-0000-4000-8000-000000000000"), "scoped")).toBe(404);
  });

  it("[K9] a scope that is missing is a 401 of the gateway's own", async () => {
    const { gatewayUrl, credentials } = cloud();
    const send = clientOf(`${gatewayUrl}/rest/api/3`, authorizationOf(credentials.noScope));
    expect((await send("GET", "/issue/PAY-2")).status).toBe(200);
    const { status, data } = await send("PUT", "/issue/PAY-2", { fields: { summary: "x" } });
    expect([status, data]).toEqual([401, { code: 401, message: "Unauthorized; scope does not match" }]);
    expect((await send("POST", "/search/jql", { jql: "project = PAY" })).status).toBe(200);
  });

  it("[K9] sprints have scopes of their own, which the classic ones do not include", async () => {
    const { gatewayUrl, credentials } = cloud();
    const send = clientOf(gatewayUrl, authorizationOf(credentials.scoped));
    expect((await send("GET", "/rest/agile/1.0/board/1/sprint")).status).toBe(401);
    expect((await use.atSite("GET", "/rest/agile/1.0/board/1/sprint")).data.values).toHaveLength(3);
  });

  it("[K9] what comes through the gateway names the gateway's addresses", async () => {
    const { gatewayUrl, credentials } = cloud();
    const send = clientOf(`${gatewayUrl}/rest/api/3`, authorizationOf(credentials.scoped));
    expect((await send("GET", "/issue/PAY-2?fields=summary")).data.self).toBe(`${gatewayUrl}/rest/api/3/issue/10001`);
  });
});

describe("access to Jira Data Center", () => {
  const use = useJira("dc");

  it("[K9] a wrong password is answered with a page, and after three of them only a person can sign in", async () => {
    const { url, credentials } = use.jira();
    const right = "password" in credentials ? authorizationOf(credentials.password) : "";
    const status = async (authorization: string) => {
      const { status, data, headers } = await clientOf(`${url}/rest/api/2`, authorization)("GET", "/myself");
      return [status, typeof data, headers.get("x-authentication-denied-reason")?.split(";")[0] ?? null];
    };
    expect(await status(right)).toEqual([200, "object", null]);
    for (let i = 0; i < 3; i++) expect(await status(basic("qa-bot", "wrong"))).toEqual([401, "string", null]);
    expect(await status(right)).toEqual([403, "string", "CAPTCHA_CHALLENGE"]);
  });
});

describe("access to Jira 11", () => {
  const use = useJira("dc", { version: "11.1" });

  it("[K9] has passwords switched off", async () => {
    const { credentials, url } = use.jira();
    const right = "password" in credentials ? authorizationOf(credentials.password) : "";
    expect((await clientOf(`${url}/rest/api/2`, right)("GET", "/myself")).status).toBe(403);
    expect((await use.send("GET", "/myself")).status).toBe(200);
  });
});
