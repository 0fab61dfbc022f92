import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { importResults } from "@/lib/results/import";
import { report } from "./report";

const hourMs = 3_600_000;
const encoder = new TextEncoder();

const runs = [
  { branch: "main", commit: "3f0c1d2", hoursAgo: 122 },
  { branch: "main", commit: "9ab47e0", hoursAgo: 98 },
  { branch: "feature/one-click", commit: "c02d551", hoursAgo: 75 },
  { branch: "main", commit: "51be9f7", hoursAgo: 50 },
  { branch: "main", commit: "a1b9f3c", hoursAgo: 26 },
  { branch: "main", commit: "7e60a4d", hoursAgo: 0.2 },
];

async function* once(text: string) {
  yield encoder.encode(text);
}

/** Imports the runs of a week, the last of them a red one, through the same door as everybody. */
export async function seedRuns(member: Member): Promise<void> {
  for (const [index, { branch, commit, hoursAgo }] of runs.entries()) {
    const number = index + 1;
    const { run } = await importResults(member, once(report(number)), {
      run: `ci-${480 + number}`,
      branch,
      commit,
      environment: "staging",
      filename: "report.xml",
    });
    const at = new Date(Date.now() - hoursAgo * hourMs);
    await prisma.testRun.update({ where: { id: run.id }, data: { createdAt: at, updatedAt: at } });
    await prisma.testResult.updateMany({ where: { runId: run.id }, data: { createdAt: at } });
  }
  // The groups are as old as the runs that they were seen in.
  await prisma.$executeRaw`
    update "FailureGroup" g set "firstSeenAt" = first."createdAt", "lastSeenAt" = last."createdAt"
    from "TestRun" first, "TestRun" last
    where first.id = g."firstRunId" and last.id = g."lastRunId" and g."workspaceId" = ${member.workspaceId}::uuid`;
}

/** One red run of the second project. */
export async function seedMobileRun(member: Member): Promise<void> {
  await importResults(member, once(report(runs.length)), {
    run: "mobile-77",
    branch: "main",
    commit: "d4c0ffe",
    environment: "Android 16",
    filename: "report.xml",
  });
}
