import { z } from "zod";
import { connectionReport } from "./connection-report";

const account = z.object({
  login: z.string().nullable(),
  displayName: z.string().nullable(),
  status: z.enum(["active", "needs_reauthorization", "revoked"]),
  scopes: z.array(z.string()),
  lastUsedAt: z.date().nullable(),
  updatedAt: z.date(),
});

/** An integration as the API answers it; there is no field that could hold a secret. */
export const integrationAnswer = z.object({
  id: z.string(),
  provider: z.string(),
  providerLabel: z.string(),
  name: z.string(),
  baseUrl: z.string(),
  authType: z.string(),
  status: z.enum(["active", "disabled"]),
  lastTest: connectionReport.nullable(),
  lastTestAt: z.date().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
  account: account.nullable(),
});

export const certificateAnswer = z.object({
  subject: z.string(),
  issuer: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  fingerprint: z.string(),
  isExpired: z.boolean(),
});

export const integrationDetailAnswer = integrationAnswer.extend({
  /** The fields of the credential that are no secrets. */
  credential: z.record(z.string(), z.string()),
  ownConnections: z.number(),
  caCertificate: z.string().nullable(),
  certificates: z.array(certificateAnswer),
  tlsFingerprint: z.string().nullable(),
  proxyHost: z.string().nullable(),
  projects: z.array(
    z.object({
      id: z.string(),
      isPrimary: z.boolean(),
      active: z.boolean(),
      project: z.object({ id: z.string(), name: z.string() }),
      externalProjects: z.array(z.object({ id: z.string(), key: z.string(), url: z.string(), isDefault: z.boolean() })),
    }),
  ),
});

/** An assignment as the API answers it: `id` is the assignment's, `integrationId` the integration's. */
export const assignmentAnswer = z.object({
  id: z.string(),
  integrationId: z.string(),
  name: z.string(),
  provider: z.string(),
  providerLabel: z.string(),
  projectNoun: z.string(),
  baseUrl: z.string(),
  isPrimary: z.boolean(),
  active: z.boolean(),
  defaultLabels: z.array(z.string()),
  addProductLabel: z.boolean(),
  externalProjects: z.array(
    z.object({
      id: z.string(),
      remoteId: z.string(),
      key: z.string(),
      name: z.string(),
      url: z.string(),
      isDefault: z.boolean(),
      isPublic: z.boolean(),
      isArchived: z.boolean(),
      /** The type that a new issue has unless another is chosen; null: the tracker's first. */
      defaultTypeId: z.string().nullable(),
      defaultTypeName: z.string().nullable(),
      /** null: only where the project is not public. */
      uploadsFiles: z.boolean().nullable(),
      boardName: z.string().nullable(),
    }),
  ),
  canCreate: z.boolean(),
  hasTypes: z.boolean(),
  uploadsFiles: z.boolean(),
  hasBoards: z.boolean(),
  author: z.object({ login: z.string().nullable(), displayName: z.string().nullable() }).nullable(),
  blocked: z
    .object({ kind: z.enum(["disabled", "inactive", "needs_reauthorization", "no_project"]), message: z.string() })
    .nullable(),
});

export const repositoryAnswer = z.object({
  remoteId: z.string(),
  key: z.string(),
  name: z.string(),
  url: z.string(),
  isPublic: z.boolean(),
  isArchived: z.boolean(),
  hasIssues: z.boolean(),
  canWrite: z.boolean(),
});
