import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { pool } from "@/lib/db/client";
import { deploy } from "@/prisma/migrate";
import { print } from "./lib/figure";
import { freePort, type Product, startProduct } from "./lib/product";
import { p95, timeEach } from "./lib/samples";

/**
 * The pages of one project in two databases, one of which holds a million results more. Both are served by the build at
 * the same time, and visits take turns, so that the machine's noise is the same for both.
 */
const bench = "pages";
const rounds = 5;
const visits = 25;

const filledSchema = z.object({
  cookie: z.string(),
  projectId: z.string(),
  baseId: z.string(),
  runId: z.string(),
  redRunId: z.string().nullable(),
  groupId: z.string(),
  caseId: z.string(),
  results: z.number(),
});
type Filled = z.infer<typeof filledSchema>;
type Side = Filled & { product: Product };

/** Every page and every read of a page that results, runs, cases or groups stand behind. */
const pages: Record<string, (side: Filled) => string> = {
  projects: () => "/projects",
  runs: ({ projectId }) => `/projects/${projectId}/runs`,
  "run, folded": ({ projectId, runId }) => `/projects/${projectId}/runs/${runId}`,
  "run, a problem open": ({ projectId, runId, groupId }) => `/projects/${projectId}/runs/${runId}?group=${groupId}`,
  "run, results": ({ projectId, runId }) => `/projects/${projectId}/runs/${runId}?view=results`,
  "compare runs": ({ projectId, baseId, runId }) => `/projects/${projectId}/runs/compare?base=${baseId}&head=${runId}`,
  cases: ({ projectId }) => `/projects/${projectId}/cases`,
  case: ({ projectId, caseId }) => `/projects/${projectId}/cases/${caseId}`,
  "GET groups of a run": ({ projectId, runId }) => `/api/projects/${projectId}/runs/${runId}/groups`,
  "GET a group": ({ projectId, runId, groupId }) => `/api/projects/${projectId}/groups/${groupId}?runId=${runId}`,
  "GET results of a run": ({ projectId, runId }) => `/api/projects/${projectId}/runs/${runId}/results?limit=50`,
  "GET results of a group": ({ projectId, runId, groupId }) =>
    `/api/projects/${projectId}/runs/${runId}/results?limit=50&groupId=${groupId}`,
  "GET issues of a run": ({ projectId, runId }) => `/api/projects/${projectId}/issues?runId=${runId}`,
};

async function visit({ product, cookie }: Side, address: string): Promise<void> {
  const response = await fetch(product.url + address, { headers: { cookie }, redirect: "manual" });
  const body = await response.text();
  // Next streams a page that fails with status 200.
  if (response.status !== 200 || body.includes("NEXT_HTTP_ERROR") || body.includes('"digest"'))
    throw new Error(`the benchmark's result is wrong: ${address} answered ${response.status}`);
}

async function makeSide(name: "small" | "large"): Promise<Side> {
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.pathname = `/pages_${name}`;
  await pool.query(`drop database if exists pages_${name} with (force)`);
  await pool.query(`create database pages_${name}`);
  await deploy(url.href);
  const child = spawn(
    process.execPath,
    [...process.execArgv, path.join(import.meta.dirname, "lib/pages.child.ts"), name],
    { env: { ...process.env, DATABASE_URL: url.href }, stdio: ["ignore", "pipe", "inherit"] },
  );
  const said = (await text(child.stdout)).trim().split("\n").at(-1) ?? "";
  const filled = filledSchema.parse(JSON.parse(said));
  const port = await freePort();
  const own = `http://localhost:${port}`;
  const settings = { DATABASE_URL: url.href, PORT: `${port}`, FAULTLINE_URL: own, NEXTAUTH_URL: own };
  return { ...filled, product: await startProduct(settings) };
}

const small = await makeSide("small");
const large = await makeSide("large");
try {
  print({ bench, figure: "results, small", value: small.results, unit: "results" });
  print({ bench, figure: "results, large", value: large.results, unit: "results", limit: ">= 1000000" });
  for (const [name, addressOf] of Object.entries(pages)) {
    const best = { small: Number.POSITIVE_INFINITY, large: Number.POSITIVE_INFINITY };
    for (const side of [small, large]) await timeEach(5, () => visit(side, addressOf(side)));
    for (let round = 0; round < rounds; round += 1) {
      const samples = { small: [] as number[], large: [] as number[] };
      for (let n = 0; n < visits; n += 1) {
        samples.small.push(...(await timeEach(1, () => visit(small, addressOf(small)))));
        samples.large.push(...(await timeEach(1, () => visit(large, addressOf(large)))));
      }
      best.small = Math.min(best.small, p95(samples.small));
      best.large = Math.min(best.large, p95(samples.large));
    }
    const ratio = best.large / best.small;
    print({ bench, figure: `${name}, p95`, value: best.large, unit: "ms", ratio, limit: "<= 1.2 x the small one" });
  }

  const red = { ...large, runId: large.redRunId ?? "" };
  for (const name of ["run, folded", "GET groups of a run", "run, results"]) {
    const address = pages[name]?.(red) ?? "";
    await timeEach(3, () => visit(large, address));
    const samples = await timeEach(visits, () => visit(large, address));
    print({ bench, figure: `${name}, 50,000 failures, p95`, value: p95(samples), unit: "ms", limit: "< 500" });
  }
} finally {
  await Promise.all([small.product.stop(), large.product.stop()]);
  await pool.end();
}
