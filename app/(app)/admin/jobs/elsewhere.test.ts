import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, it } from "vitest";
import { becomeClientOf } from "@/e2e/conformance/client-of";

becomeClientOf({ url: "http://inngest.internal:8288", eventKey: "k", signingKey: `signkey-prod-${"5a".repeat(32)}` });

// Only now: these read the environment.
const { callRoute, headersOf, statusOf } = await import("@/e2e/access/call");
const { makeWorld } = await import("@/e2e/access/world");
const { withHeaders } = await import("@/e2e/vitest/next-headers");
const { prisma } = await import("@/lib/db/client");
const { newId } = await import("@/lib/db/ids");
const jobs = await import("./page");
const job = await import("./[jobId]/page");
const { Calls } = await import("../integrations/[integrationId]/log/calls");
const { listCalls } = await import("@/lib/integrations/list-calls");
const { requireAdmin } = await import("@/lib/auth/gates");
const list = await import("@/app/api/jobs/route");
const one = await import("@/app/api/jobs/[jobId]/route");

const runId = "01KAFGYS7D6T2MNZ9V5WTXHQ3R";
const runUrl = `http://inngest.internal:8288/run?runID=${runId}`;
let world: Awaited<ReturnType<typeof makeWorld>>;
let headers: Headers;
beforeAll(async () => {
  world = await makeWorld();
  headers = headersOf(world, "admin");
});

const html = async (page: () => Promise<ReactElement>) => renderToStaticMarkup(await withHeaders(headers, page));
const search = () => ({ searchParams: Promise.resolve({}) });
const props = (jobId: string) => ({ params: Promise.resolve({ jobId }) });

describe("with a real Inngest", () => {
  it("[K3] the list leads to its dashboard", async () => {
    expect(await html(() => jobs.default(search()))).toContain('href="http://inngest.internal:8288"');
  });

  it("[K3] the page of one of its runs leads to that run, for administrators alone", async () => {
    expect(await html(() => job.default(props(runId)))).toContain(`href="${runUrl}"`);
    expect(await withHeaders(headers, () => job.generateMetadata(props(runId)))).toEqual({ title: "Job on Inngest" });
    for (const role of ["guest", "stranger"] as const)
      for (const ask of [job.default, job.generateMetadata])
        expect(await statusOf(headersOf(world, role), () => ask(props(runId)))).toBe(role === "guest" ? 401 : 404);
  });

  it("[K3] a job that was run here before keeps its page", async () => {
    const { failedJobId } = world.own;
    expect(await withHeaders(headers, () => job.generateMetadata(props(failedJobId)))).toMatchObject({
      title: expect.stringContaining("· Jobs"),
    });
    expect(await statusOf(headers, () => job.default(props(newId())))).toBe(404);
  });

  it("[K3] the integration log leads from a call to its run there, or to its job here", async () => {
    const { workspaceId, integrationId, failedJobId } = world.own;
    const shared = { workspaceId, integrationId, method: "POST", host: "api.example", pathTemplate: "/x" };
    for (const jobRunId of [runId, failedJobId])
      await prisma.outboundCall.create({
        data: { id: newId(), ...shared, jobRunId, status: 201, outcome: "accepted", durationMs: 5, attempt: 1 },
      });
    const { calls } = await listCalls(await withHeaders(headers, requireAdmin), integrationId);
    const page = renderToStaticMarkup(Calls({ calls }));
    expect(page).toContain(`href="${runUrl}"`);
    expect(page).toContain(`href="/admin/jobs/${failedJobId}"`);
  });

  it("[K3] the API says where to look rather than that there is nothing", async () => {
    const ask = async ({ GET }: typeof list | typeof one, jobId: string) => {
      const context = { params: Promise.resolve({ jobId }) };
      const response = await callRoute((request) => GET(request, context), headers, {
        ...{ method: "GET", path: `/api/jobs/${jobId}` },
      });
      return { status: response.status, ...(await response.json()) };
    };
    expect(await ask(list, "")).toMatchObject({
      ...{ status: 409, kind: "conflict" },
      detail: expect.stringContaining("http://inngest.internal:8288"),
    });
    expect(await ask(one, runId)).toMatchObject({ status: 409, detail: expect.stringContaining(runUrl) });
    expect(await ask(one, newId())).toMatchObject({ status: 404 });
  });
});
