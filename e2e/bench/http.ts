import { setTimeout as sleep } from "node:timers/promises";
import { createApiToken } from "@/lib/auth/tokens";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { assignIntegration } from "@/lib/integrations/assign-integration";
import { connectIntegration } from "@/lib/integrations/connect-integration";
import { chooseExternalProject } from "@/lib/integrations/external-projects";
import { connectInput } from "@/lib/integrations/inputs";
import { makeCrowd } from "./lib/crowd";
import { print, race } from "./lib/figure";
import { readBeside, sendReport, watchResident } from "./lib/load";
import { startProduct } from "./lib/product";
import { many, p95, timeEach } from "./lib/samples";
import { besideSandbox } from "./lib/sandbox";
import { makeMember } from "./lib/store";

/** The figures of the product over HTTP: the build, served as `npm start` serves it, with a large project. */
const bench = "http";
const results = 1_000_000;
const issues = 100_000;
const calls = 400;
const creations = 40;
const connections = 8;
const imported = 100_000;

const check = (holds: boolean, what: string) => {
  if (!holds) throw new Error(`the benchmark's result is wrong: ${what}`);
};

const sandbox = besideSandbox();
await pool.query(`truncate "Workspace", "User" cascade`);

const member = await makeMember();
const { projectId } = member;
const { token } = await createApiToken(member, {
  name: "bench",
  scopes: ["read", "import", "issues", "manage", "admin"],
  expiresInDays: null,
});
const crowd = await makeCrowd(member, { results, issues });
const connected = connectInput.parse({
  provider: "github",
  name: "GitHub",
  baseUrl: sandbox.apiUrl,
  authType: "pat",
  credential: { token: sandbox.token },
});
const { id: integrationId } = await connectIntegration(member, connected);
const { id: assignmentId } = await assignIntegration(member, integrationId);
await chooseExternalProject(member, assignmentId, { key: "acme/checkout" });

const product = await startProduct({ FAULTLINE_LIMIT_CREATE: "1000000" });
try {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const get = async (path: string): Promise<Record<string, unknown>> => {
    const response = await fetch(product.url + path, { headers });
    const body = await response.json();
    check(response.status === 200, `${path} answered ${response.status}`);
    return body;
  };
  const project = `/api/projects/${projectId}`;

  print({ bench, figure: "ready after a start", value: product.readyMs, unit: "ms", limit: "<= 2000" });
  await sleep(5_000);
  print({ bench, figure: "resident, idle", value: product.residentMb(), unit: "MB", limit: "<= 200" });
  const resident = watchResident(product);

  // Warm both, then take turns.
  const trivial = () => get("/api/health/live");
  const read = () => get(project);
  await many(calls, 8, trivial);
  await many(calls, 8, read);
  const best = await race({
    trivial: () => many(calls, 8, trivial),
    read: () => many(calls, 8, read),
  });
  print({
    ...{ bench, figure: "authenticated JSON read", value: (calls / best.read) * 1000, unit: "requests/s" },
    ...{ ratio: best.trivial / best.read, limit: ">= 0.4 x a trivial GET" },
  });

  await pages("results", `${project}/runs/${crowd.runId}/results?limit=50`, (body) => body.results);
  const issuesOf = `${project}/issues?resultId=${crowd.resultId}`;
  const listed = await timeEach(200, async () => check(length((await get(issuesOf)).issues) === 1, "one issue"));
  // There is no page that lists all issues yet: what is read is a result's, found among all.
  const found = `the one issue of a result, found among ${issues}`;
  print({ bench, figure: found, value: p95(listed), unit: "ms", limit: "p95 <= 50" });

  const before = (await sandbox.calls()).length;
  const form = await timeEach(100, () => get(`${project}/drafts?resultId=${crowd.resultId}`));
  check((await sandbox.calls()).length === before, "the form called the tracker");
  print({ bench, figure: "create form, cached", value: p95(form), unit: "ms", limit: "p95 <= 200" });

  await creationFigure();
  await loadFigures();

  /** Mixed reads beside a large import; the memory is the most that was held at any time since the product was idle. */
  async function loadFigures(): Promise<void> {
    const reads = [
      read,
      () => get(`${project}/runs/${crowd.runId}/results?limit=50`),
      () => get(issuesOf),
      () => get(`${project}/drafts?resultId=${crowd.resultId}`),
    ];
    const work = async () => {
      const response = await sendReport(`${product.url}${project}/runs/import?run=load`, headers, imported);
      check(response.status < 300, `the import answered ${response.status}: ${await response.clone().text()}`);
      const { results: stored } = await response.json();
      check(stored.created === imported, `the import stored ${JSON.stringify(stored)}`);
    };
    const startMs = performance.now();
    const count = await readBeside({ connections, reads, work });
    const seconds = (performance.now() - startMs) / 1000;
    const load = `${connections} connections of mixed reads beside an import of ${imported} results`;
    print({ bench, figure: `reads, ${load}`, value: count / seconds, unit: "requests/s" });
    print({ bench, figure: `resident, peak; ${load}`, value: resident.end(), unit: "MB", limit: "<= 400" });
  }

  /** Page 1 and page 1,000 of a list. */
  async function pages(noun: string, path: string, rows: (body: Record<string, unknown>) => unknown): Promise<void> {
    const page = async (cursor: unknown) => {
      const body = await get(`${path}${typeof cursor === "string" ? `&cursor=${cursor}` : ""}`);
      check(length(rows(body)) === 50, `a page of ${noun}`);
      return body.next;
    };
    const first = await timeEach(200, () => page(null));
    let cursor: unknown = null;
    for (let number = 1; number < 1_000; number += 1) cursor = await page(cursor);
    const late = await timeEach(200, () => page(cursor));
    const limit = "p95 <= 50";
    print({ bench, figure: `50 ${noun} of 1,000,000, page 1`, value: p95(first), unit: "ms", limit });
    const ratio = p95(late) / p95(first);
    print({ bench, figure: `50 ${noun} of 1,000,000, page 1,000`, value: p95(late), unit: "ms", ratio, limit });
  }

  /** From the click until the request arrives at the tracker, through event, job and step. */
  async function creationFigure(): Promise<void> {
    const left: number[] = [];
    const posts = async () =>
      (await sandbox.calls()).filter(({ method, path }) => method === "POST" && path.endsWith("/issues"));
    for (let n = 0; n < creations; n += 1) {
      const title = `Bench ${newId()}`;
      const { rows } = await pool.query(
        `select id from "TestResult" where "runId" = $1 and rank = 6 offset $2 limit 1`,
        [crowd.runId, n],
      );
      const body = { projectId, title, description: "Slow.", resultIds: [rows[0]?.id] };
      const clickedAt = Date.now();
      const response = await fetch(`${product.url}/api/integrations/${integrationId}/create-issue?wait=5`, {
        ...{ method: "POST", headers, body: JSON.stringify(body) },
      });
      check(response.status === 201, `the creation answered ${response.status}: ${await response.text()}`);
      const call = (await posts()).find((post) => JSON.stringify(post.body).includes(title));
      left.push(Date.parse(call?.at ?? "") - clickedAt);
      // Trackers want some time between writes, and who clicks takes longer than that.
      await sleep(1_100);
    }
    check((await posts()).length === creations, "one request for each click");
    print({ bench, figure: "click → request leaves", value: p95(left), unit: "ms", limit: "p95 <= 150" });
  }
} finally {
  await product.stop();
  await pool.end();
}

function length(rows: unknown): number {
  return Array.isArray(rows) ? rows.length : -1;
}
