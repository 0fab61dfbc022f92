import { hashPassword } from "@/lib/auth/password";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { sandbox } from "../vitest/sandbox";
import type { Row } from "./expect";
import { sandboxProject } from "./sandbox";
import { letGo } from "./things";
import type { Things } from "./world";

type Rows = Record<string, Row & { args: (things: Things) => unknown[] }>;

/** What a form sends: the state before, and the fields. */
const form = (fields: Record<string, string>): unknown[] => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return [null, data];
};
const none = () => [];
const patternId = newId();
const newToken = () => ({
  provider: "github",
  baseUrl: sandbox.github.apiUrl,
  authType: "pat",
  credential: { token: sandbox.github.token },
});
const integration = ({ integrationId }: Things) => [{ integrationId }];
const admin = { level: "admin", ids: ["integrationId"] } as const;
const manage = { level: "projectAdmin", ids: ["projectId", "assignmentId"] } as const;
const project = { level: "projectAdmin", ids: ["projectId"] } as const;

/**
 * The reviewed table of server actions: file, then name. `args` are those of a call that succeeds. An action without a
 * row fails the test; so does a row without an action.
 */
export const actions: Record<string, Rows> = {
  "app/(auth)/actions.ts": {
    signIn: { level: "anyone", elsewhere: "lib/auth/sign-in.test.ts", args: none },
    signUp: { level: "anyone", elsewhere: "lib/workspaces/sign-up.test.ts", args: none },
    acceptAsNew: { level: "anyone", elsewhere: "lib/workspaces/accept.test.ts", args: none },
    acceptAsMe: { level: "signedIn", elsewhere: "lib/workspaces/accept.test.ts", args: none },
  },
  "app/(app)/account/actions.ts": {
    rename: { level: "signedIn", args: () => form({ name: "New name" }) },
    changePassword: {
      level: "signedIn",
      prepare: async (_, id) =>
        prisma.user.update({ where: { id }, data: { passwordHash: await hashPassword("an old password") } }),
      args: () => form({ current: "an old password", password: "a new password" }),
    },
    switchTo: { level: "signedIn", ids: ["workspaceId"], args: ({ workspaceId }) => [{ workspaceId }] },
    endSession: { level: "signedIn", ids: ["sessionId"], args: ({ sessionId }) => [{ sessionId }] },
    // A guest is signed out already and sees the same page.
    signOut: { level: "signedIn", guest: 303, ok: 303, args: () => [] },
    signOutEverywhere: { level: "signedIn", ok: 303, args: () => [{}] },
    createToken: { level: "signedIn", args: () => form({ name: "ci", scopes: "import", expiresInDays: "90" }) },
    revokeToken: { level: "signedIn", ids: ["tokenId"], args: ({ tokenId }) => [{ tokenId }] },
  },
  "app/(app)/admin/integrations/actions.ts": {
    testNew: { level: "admin", args: () => [newToken()] },
    testStored: { ...admin, args: integration },
    connect: { level: "admin", args: () => [{ ...newToken(), name: "New one" }] },
    edit: { ...admin, args: ({ integrationId }) => [{ integrationId, name: "Renamed" }] },
    disable: { ...admin, args: integration },
    enable: {
      ...admin,
      prepare: ({ integrationId: id }) => prisma.integration.update({ where: { id }, data: { status: "disabled" } }),
      args: integration,
    },
    remove: {
      level: "admin",
      ids: ["unassignedId"],
      args: ({ unassignedId }) => [{ integrationId: unassignedId, isConfirmed: true }],
    },
  },
  "app/(app)/admin/jobs/actions.ts": {
    retry: { level: "admin", ids: ["failedJobId"], args: ({ failedJobId }) => [{ jobId: failedJobId }] },
    cancel: { level: "admin", ids: ["waitingJobId"], args: ({ waitingJobId }) => [{ jobId: waitingJobId }] },
    runNow: { level: "admin", ids: ["waitingJobId"], args: ({ waitingJobId }) => [{ jobId: waitingJobId }] },
  },
  "app/(app)/admin/members/actions.ts": {
    invite: { level: "admin", args: () => form({ workspaceRole: "MEMBER" }) },
    revoke: { level: "admin", ids: ["invitationId"], args: ({ invitationId }) => [{ invitationId }] },
    changeRole: {
      level: "admin",
      ids: ["spareUserId"],
      args: ({ spareUserId }) => [{ userId: spareUserId, role: "ADMIN" }],
    },
    remove: { level: "admin", ids: ["spareUserId"], args: ({ spareUserId }) => [{ userId: spareUserId }] },
  },
  "app/(app)/projects/new/actions.ts": {
    create: { level: "admin", ok: 303, args: () => form({ name: "Payments", description: "", defaultBranch: "main" }) },
  },
  "app/(app)/projects/[projectId]/settings/actions.ts": {
    edit: {
      ...project,
      args: ({ projectId }) => form({ projectId, name: "Basket", description: "", defaultBranch: "main" }),
    },
    archive: { ...project, args: ({ projectId }) => [{ projectId }] },
    restore: {
      ...project,
      prepare: ({ projectId: id }) => prisma.project.update({ where: { id }, data: { archivedAt: new Date() } }),
      args: ({ projectId }) => [{ projectId }],
    },
    addMember: {
      level: "projectAdmin",
      ids: ["projectId", "spareUserId"],
      args: ({ projectId, spareUserId }) => form({ projectId, userId: spareUserId, role: "MEMBER" }),
    },
    changeRole: {
      level: "projectAdmin",
      ids: ["projectId", "seatedUserId"],
      args: ({ projectId, seatedUserId }) => [{ projectId, userId: seatedUserId, role: "MEMBER" }],
    },
    removeMember: {
      level: "projectAdmin",
      ids: ["projectId", "seatedUserId"],
      args: ({ projectId, seatedUserId }) => [{ projectId, userId: seatedUserId }],
    },
  },
  "app/(app)/projects/[projectId]/settings/secrets/actions.ts": {
    save: { ...project, args: ({ projectId }) => form({ projectId, name: "Key", pattern: "/key_[0-9]{8}/" }) },
    remove: {
      ...project,
      prepare: ({ projectId: id }) =>
        prisma.project.update({
          where: { id },
          data: { secretPatterns: [{ id: patternId, name: "Key", pattern: "/key_[0-9]{8}/" }] },
        }),
      args: ({ projectId }) => [{ projectId, patternId }],
    },
    tryOut: { ...project, args: ({ projectId }) => [{ projectId, pattern: "/key_[0-9]{8}/", text: "key_12345678" }] },
  },
  "app/(app)/projects/[projectId]/settings/integrations/actions.ts": {
    assign: {
      level: "projectAdmin",
      ids: ["projectId", "unassignedId"],
      args: ({ projectId, unassignedId }) => [{ projectId, integrationId: unassignedId }],
    },
    update: {
      ...manage,
      args: ({ projectId, assignmentId }) => [{ projectId, assignmentId, defaultLabels: ["bug"] }],
    },
    chooseProject: {
      ...manage,
      args: ({ projectId, assignmentId }) => [{ projectId, assignmentId, chosen: { key: sandboxProject.key } }],
    },
    removeProject: {
      level: "projectAdmin",
      ids: ["projectId", "assignmentId", "externalProjectId"],
      args: ({ projectId, assignmentId, externalProjectId }) => [{ projectId, assignmentId, externalProjectId }],
    },
    remove: {
      ...manage,
      prepare: letGo,
      args: ({ projectId, assignmentId }) => [{ projectId, assignmentId, isConfirmed: true }],
    },
  },
};
