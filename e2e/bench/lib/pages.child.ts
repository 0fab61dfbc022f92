import { Readable } from "node:stream";
import { sessionCookieName } from "@/lib/auth/actor";
import type { Member } from "@/lib/auth/member";
import { openSession, sessionJwt } from "@/lib/auth/sessions";
import { pool, prisma, transaction } from "@/lib/db/client";
import { importResults } from "@/lib/results/import";
import { makeHistory } from "./history";
import { makeMember } from "./store";

/*
 * Fills one database and prints what the pages of its project are: a project of 60 small runs, "large" with a million
 * results before them and one run of 50,000 failures after them.
 */
const isLarge = process.argv[2] === "large";
const runs = 60;
const history = { runs: 100, resultsPerRun: 10_000 };
const redFailures = 50_000;

type Failure = { type: string; message: string; frame: string };
const timeout = (n: number): Failure => ({
  type: "TimeoutError",
  message: `payment gateway did not answer in ${30_000 + n} ms`,
  frame: "Gateway.call (src/gateway.ts:88:5)",
});
const wrongStatus = (n: number): Failure => ({
  type: "AssertionError",
  message: `expected 200 but got ${500 + (n % 4)} for order ${n}`,
  frame: "Orders.place (src/orders.ts:41:9)",
});
const noTotal = (n: number): Failure => ({
  type: "TypeError",
  message: `cannot read "total" of undefined, cart ${n}`,
  frame: "Cart.total (src/cart.ts:12:3)",
});
const problemOf = (n: number) => (n % 7 === 0 ? wrongStatus : n % 11 === 0 ? noTotal : timeout);

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

/** A report with so many failures of three problems, and a passed test for each. */
function* report(failures: number, run: number): Generator<Buffer> {
  yield Buffer.from('<testsuites><testsuite name="shop">');
  for (let n = 0; n < failures; n++) {
    const { type, message, frame } = problemOf(n)(n + run);
    yield Buffer.from(
      `<testcase classname="shop.Suite${Math.floor(n / 50)}" name="case ${n}" time="0.2"><failure type="${type}" message="${escaped(message)}">` +
        `${escaped(`${type}: ${message}\n    at ${frame}\n    at test (tests/shop.spec.ts:${10 + (n % 90)}:3)`)}</failure></testcase>` +
        `<testcase classname="shop.Suite${Math.floor(n / 50)}" name="passed ${n}" time="0.1"/>`,
    );
  }
  yield Buffer.from("</testsuite></testsuites>");
}

const importRun = (member: Member, failures: number, run: number) =>
  importResults(member, Readable.from(report(failures, run)), {
    run: `new-${run}`,
    branch: "main",
    commit: `c0ffee${run}`,
    environment: "staging",
  });

async function cookieOf({ userId, workspaceId }: Member): Promise<string> {
  const session = await transaction((tx) => openSession(tx, { userId, workspaceId }, { ip: null, userAgent: "bench" }));
  return `${sessionCookieName()}=${await sessionJwt(session)}`;
}

const member = await makeMember();
if (isLarge) await makeHistory(member, history);
const ids: string[] = [];
for (let run = 1; run <= runs; run++) ids.push((await importRun(member, 512, run)).run.id);
const redRunId = isLarge ? (await importRun(member, redFailures, runs + 1)).run.id : null;
await pool.query("vacuum analyze");

const [baseId = "", runId = ""] = ids.slice(-2);
const sample = await prisma.runFingerprint.findFirstOrThrow({ where: { runId }, orderBy: { failures: "desc" } });
const { groupId } = await prisma.fingerprint.findFirstOrThrow({
  where: { projectId: member.projectId, hash: sample.hash },
});
const { caseId } = await prisma.testResult.findUniqueOrThrow({ where: { id: sample.resultId } });
const { projectId } = member;
const results = await prisma.testResult.count();
console.log(
  JSON.stringify({ cookie: await cookieOf(member), projectId, baseId, runId, redRunId, groupId, caseId, results }),
);
await pool.end();
