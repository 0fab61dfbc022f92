import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { type ImportOptions, importResults } from "@/lib/results/import";
import { makeAdmin, makeProjectMember } from "@/lib/workspaces/test-people";

/** For tests: a project, its administrator and a person who triages its failures. */
export async function makeTriageScene() {
  const admin = await makeAdmin();
  const { id: projectId } = await createProject(admin, { name: "Checkout", description: "", defaultBranch: "main" });
  const owner: Member = { ...admin, projectId, projectRole: "ADMIN" };
  const member = await makeProjectMember(admin, projectId, "MEMBER");
  return { admin, owner, member, projectId };
}

export type TriageScene = Awaited<ReturnType<typeof makeTriageScene>>;

/** A failing test of a report; what is not said is the usual. */
export type Failing = {
  name: string;
  suite?: string;
  type?: string;
  message: string;
  stack?: string;
  status?: "failed" | "error" | "flaky" | "passed";
  properties?: Record<string, string>;
};

const escaped = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;").replace(/\n/g, "&#10;");

const elements = { failed: "failure", error: "error", flaky: "flakyFailure" };

function toElement({ name, type = "AssertionError", message, stack = "", status = "failed", properties }: Failing) {
  const failure =
    status === "passed"
      ? ""
      : `<${elements[status]} type="${escaped(type)}" message="${escaped(message)}">${escaped(stack)}</${elements[status]}>`;
  const told = Object.entries(properties ?? {}).map(
    ([key, value]) => `<property name="${escaped(key)}" value="${escaped(value)}"/>`,
  );
  const known = told.length > 0 ? `<properties>${told.join("")}</properties>` : "";
  return `<testcase classname="C" name="${escaped(name)}">${known}${failure}</testcase>`;
}

/** JUnit XML of these tests, by their suites. */
export function junitOf(tests: readonly Failing[]): string {
  const bySuite = new Map<string, string[]>();
  for (const test of tests) {
    const suite = test.suite ?? "checkout";
    bySuite.set(suite, [...(bySuite.get(suite) ?? []), toElement(test)]);
  }
  const suites = [...bySuite].map(
    ([name, cases]) => `<testsuite name="${escaped(name)}">${cases.join("")}</testsuite>`,
  );
  return `<testsuites>${suites.join("")}</testsuites>`;
}

/** Imports a report as CI does: the run's id, and the id of the group of each failing test by the test's name. */
export async function importTests(scene: TriageScene, tests: readonly Failing[], options: ImportOptions = {}) {
  const bytes = new TextEncoder().encode(junitOf(tests));
  const { run } = await importResults(
    scene.owner,
    (async function* () {
      yield bytes;
    })(),
    options,
  );
  return { runId: run.id, groupOf: await groupsByName(run.id), resultOf: await resultsByName(run.id) };
}

type ByName = (name: string) => string;

const byName =
  (rows: { name: string; id: string }[]): ByName =>
  (name) => {
    const found = rows.find((row) => row.name === name);
    if (!found) throw new Error(`nothing of the test "${name}"`);
    return found.id;
  };

const groupsByName = async (runId: string) =>
  byName(
    await prisma.$queryRaw`
      select c.name, f."groupId" as id from "TestResult" r join "TestCase" c on c.id = r."caseId"
      join "Fingerprint" f on f."projectId" = r."projectId" and f.hash = r.fingerprint where r."runId" = ${runId}::uuid`,
  );

const resultsByName = async (runId: string) =>
  byName(
    await prisma.$queryRaw`
      select c.name, r.id from "TestResult" r join "TestCase" c on c.id = r."caseId" where r."runId" = ${runId}::uuid`,
  );

/** A new issue that is linked to a group: for all its failures, or for one of its results. */
export async function linkNewIssue(
  scene: TriageScene,
  groupId: string,
  resultId: string | null = null,
  coversGroup = resultId === null,
): Promise<string> {
  const { workspaceId, projectId, userId } = scene.member;
  const [integrationId, issueId] = [newId(), newId()];
  await prisma.integration.create({
    data: {
      ...{ id: integrationId, workspaceId, provider: "github", name: integrationId, authType: "pat" },
      ...{ baseUrl: "https://tracker.test", createdById: userId },
    },
  });
  await prisma.issue.create({
    data: {
      ...{ id: issueId, workspaceId, title: "Pays twice", state: "open", category: "open" },
      external: {
        create: {
          ...{ id: newId(), workspaceId, integrationId, remoteId: issueId, externalProjectId: "1" },
          ...{ key: "a/b#1", url: "https://tracker.test/1" },
        },
      },
    },
  });
  await prisma.issueLink.create({
    data: { id: newId(), workspaceId, projectId, issueId, groupId, resultId, coversGroup },
  });
  return issueId;
}
