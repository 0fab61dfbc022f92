import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { importResults } from "@/lib/results/import";
import { mergeGroups } from "@/lib/triage/merge";

type Place = { workspaceId: string; projectId: string; userId: string };

const failing = (name: string, message: string) =>
  `<testcase name="${name}"><failure type="${name}" message="${message}">at ${name}</failure></testcase>`;
const report = `<testsuite name="s">${failing("Gateway", "no answer from the gateway")}${failing("Stock", "warehouse is empty")}${failing("Disk", "the index cannot be written")}</testsuite>`;

/** Failure groups as an import makes them: two, and a third one that was merged into the second. */
export async function makeGroups({ workspaceId, projectId, userId }: Place) {
  const member: Member = {
    userId,
    name: userId,
    email: "",
    workspaceId,
    workspaceRole: "ADMIN",
    via: "session",
    sessionId: null,
    tokenId: null,
    scopes: null,
    ip: null,
    userAgent: null,
    projectId,
    projectRole: "ADMIN",
  };
  const body = (async function* () {
    yield Buffer.from(report);
  })();
  const { run } = await importResults(member, body);
  const groups = await prisma.failureGroup.findMany({
    where: { projectId },
    select: { id: true, type: true, fingerprints: { select: { hash: true } } },
  });
  const [groupId, otherGroupId, thirdId] = ["Gateway", "Stock", "Disk"].map((name) => {
    const found = groups.find(({ type }) => type === name);
    if (!found) throw new Error(`nothing of ${name}`);
    return found.id;
  });
  if (!groupId || !otherGroupId || !thirdId) throw new Error("the report was not folded into three groups");
  const { changeId } = await mergeGroups(member, { into: otherGroupId, groupIds: [thirdId] });
  const { hash = "" } = groups.find(({ id }) => id === thirdId)?.fingerprints[0] ?? {};
  return { groupRunId: run.id, groupId, otherGroupId, groupChangeId: changeId, splitHash: hash };
}
