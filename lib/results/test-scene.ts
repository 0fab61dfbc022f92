import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { ResultStatus } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { ranks } from "./statuses";

/** For tests: a project of a new workspace, and its administrator. */
export async function makeProjectAdmin(): Promise<Member> {
  const admin = await makeAdmin();
  const { id } = await createProject(admin, { name: "Shop", description: "", defaultBranch: "main" });
  return { ...admin, projectId: id, projectRole: "ADMIN" };
}

/** What a run has: "name" or "name @ environment", and how it ended. */
type Told = Record<string, ResultStatus>;
type Facts = { branch?: string | null; commit?: string | null };

/** For tests: runs of a project with results as told, a minute after each other, and their cases. */
export class History {
  readonly caseIds = new Map<string, string>();
  #number = 0;

  constructor(readonly member: Member) {}

  async run(told: Told, { branch = "main", commit = null }: Facts = {}) {
    const { workspaceId, projectId } = this.member;
    const place = { workspaceId, projectId };
    const id = newId();
    this.#number += 1;
    const createdAt = new Date(Date.UTC(2026, 0, 1) + this.#number * 60_000);
    await prisma.testRun.create({ data: { ...place, id, number: this.#number, branch, commit, createdAt } });
    const resultIds = new Map<string, string>();
    for (const [key, status] of Object.entries(told)) {
      const [name = "", environment = ""] = key.split(" @ ");
      const resultId = newId();
      const caseId = await this.caseOf(name);
      const message = ranks[status] <= ranks.flaky ? `${name} went wrong` : null;
      await prisma.testResult.create({
        data: {
          ...{ ...place, id: resultId, runId: id, caseId, environment, status },
          ...{ rank: ranks[status], message, createdAt },
        },
      });
      resultIds.set(key, resultId);
    }
    return { id, number: this.#number, resultIds };
  }

  async caseOf(name: string, rest: { suite?: string; owner?: string; component?: string; tags?: string[] } = {}) {
    const known = this.caseIds.get(name);
    if (known) return known;
    const { workspaceId, projectId } = this.member;
    const id = newId();
    await prisma.testCase.create({
      data: { id, workspaceId, projectId, identity: id, suite: "checkout", className: "", name, ...rest },
    });
    this.caseIds.set(name, id);
    return id;
  }
}
