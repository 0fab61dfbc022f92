-- CreateEnum
CREATE TYPE "public"."Severity" AS ENUM ('info', 'low', 'medium', 'high', 'critical');

-- CreateEnum
CREATE TYPE "public"."SeveritySource" AS ENUM ('default', 'tag', 'property', 'rule', 'hand');

-- CreateEnum
CREATE TYPE "public"."AssessmentState" AS ENUM ('active', 'false_positive', 'risk_accepted', 'muted');

-- CreateEnum
CREATE TYPE "public"."BulkMode" AS ENUM ('separate', 'combined', 'per_group');

-- AlterTable
ALTER TABLE "public"."TestCase" ADD COLUMN     "steps" JSONB,
ADD COLUMN     "expected" JSONB,
ADD COLUMN     "owner" TEXT,
ADD COLUMN     "component" TEXT,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "severity" "public"."Severity" NOT NULL DEFAULT 'medium',
ADD COLUMN     "severitySource" "public"."SeveritySource" NOT NULL DEFAULT 'default',
ADD COLUMN     "assessment" "public"."AssessmentState" NOT NULL DEFAULT 'active',
ADD COLUMN     "assessedUntil" TIMESTAMPTZ(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "public"."TestRun" ADD COLUMN     "attempt" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "public"."TestResult" ADD COLUMN     "fingerprint" UUID;

-- AlterTable
ALTER TABLE "public"."IssueLink" ADD COLUMN     "groupId" UUID,
ADD COLUMN     "coversGroup" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "ruleId" UUID;

-- AlterTable
ALTER TABLE "public"."IssueCreationSource" ADD COLUMN     "groupId" UUID;

-- AlterTable
ALTER TABLE "public"."IssueCreation" ADD COLUMN     "bulkId" UUID;

-- AlterTable
ALTER TABLE "public"."Draft" ADD COLUMN     "groupId" UUID;

-- CreateTable
CREATE TABLE "public"."FailureGroup" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "type" TEXT,
    "firstRunId" UUID NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastRunId" UUID NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "severity" "public"."Severity" NOT NULL DEFAULT 'medium',
    "severitySource" "public"."SeveritySource" NOT NULL DEFAULT 'default',
    "assessment" "public"."AssessmentState" NOT NULL DEFAULT 'active',
    "assessedUntil" TIMESTAMPTZ(3),
    "mergedIntoId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FailureGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public"."Fingerprint" (
    "projectId" UUID NOT NULL,
    "hash" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "version" SMALLINT NOT NULL,
    "parts" JSONB NOT NULL,
    "bands" INTEGER[],
    "groupId" UUID NOT NULL,
    "joinedBy" TEXT NOT NULL DEFAULT 'first',
    "similarity" REAL,
    "resultId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Fingerprint_pkey" PRIMARY KEY ("projectId","hash")
);

-- CreateTable
CREATE TABLE "public"."RunFingerprint" (
    "runId" UUID NOT NULL,
    "hash" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "failures" INTEGER NOT NULL,
    "flaky" INTEGER NOT NULL,
    "cases" INTEGER NOT NULL,
    "suites" INTEGER NOT NULL,
    "environments" TEXT[],
    "resultId" UUID NOT NULL,

    CONSTRAINT "RunFingerprint_pkey" PRIMARY KEY ("runId","hash")
);

-- CreateTable
CREATE TABLE "public"."FingerprintMask" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "hash" UUID NOT NULL,
    "keep" JSONB NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FingerprintMask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public"."GroupChange" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "groupIds" UUID[],
    "actorId" UUID NOT NULL,
    "undo" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "GroupChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public"."Assessment" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "groupId" UUID,
    "caseId" UUID,
    "field" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "source" "public"."SeveritySource",
    "detail" TEXT,
    "reason" TEXT,
    "until" TIMESTAMPTZ(3),
    "actorId" UUID,
    "actorName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Assessment_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Assessment_subject_check" CHECK (num_nonnulls("groupId", "caseId") = 1)
);

-- CreateTable
CREATE TABLE "public"."KnownIssueRule" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "issueId" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "pattern" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "matchedAt" TIMESTAMPTZ(3),

    CONSTRAINT "KnownIssueRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public"."BulkCreation" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "integrationId" UUID NOT NULL,
    "externalProjectId" TEXT NOT NULL,
    "mode" "public"."BulkMode" NOT NULL,
    "labels" TEXT[],
    "requestedById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cancelledAt" TIMESTAMPTZ(3),
    "cancelledById" UUID,
    "askedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BulkCreation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public"."BulkItem" (
    "id" UUID NOT NULL,
    "bulkId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "resultIds" UUID[],
    "groupIds" UUID[] DEFAULT ARRAY[]::UUID[],
    "creationId" UUID,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "errorKind" TEXT,
    "message" TEXT,
    "issueId" UUID,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BulkItem_pkey" PRIMARY KEY ("id")
);

-- DropIndex
DROP INDEX "public"."Draft_userId_integrationId_resultId_key";

-- CreateIndex
CREATE INDEX "Draft_userId_integrationId_resultId_idx" ON "public"."Draft"("userId", "integrationId", "resultId");

-- CreateIndex
CREATE INDEX "FailureGroup_projectId_lastSeenAt_idx" ON "public"."FailureGroup"("projectId", "lastSeenAt");

-- CreateIndex
CREATE INDEX "Fingerprint_groupId_idx" ON "public"."Fingerprint"("groupId");

-- CreateIndex
CREATE INDEX "Fingerprint_bands_idx" ON "public"."Fingerprint" USING GIN ("bands");

-- CreateIndex
CREATE INDEX "RunFingerprint_projectId_hash_runId_idx" ON "public"."RunFingerprint"("projectId", "hash", "runId");

-- CreateIndex
CREATE UNIQUE INDEX "FingerprintMask_projectId_hash_key" ON "public"."FingerprintMask"("projectId", "hash");

-- CreateIndex
CREATE INDEX "GroupChange_projectId_createdAt_idx" ON "public"."GroupChange"("projectId", "createdAt");

-- CreateIndex
CREATE INDEX "Assessment_groupId_createdAt_idx" ON "public"."Assessment"("groupId", "createdAt");

-- CreateIndex
CREATE INDEX "Assessment_caseId_createdAt_idx" ON "public"."Assessment"("caseId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "KnownIssueRule_projectId_name_key" ON "public"."KnownIssueRule"("projectId", "name");

-- CreateIndex
CREATE INDEX "BulkCreation_projectId_createdAt_idx" ON "public"."BulkCreation"("projectId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "BulkItem_bulkId_position_key" ON "public"."BulkItem"("bulkId", "position");

-- CreateIndex
CREATE INDEX "BulkItem_creationId_idx" ON "public"."BulkItem"("creationId");

-- CreateIndex
CREATE INDEX "IssueLink_groupId_idx" ON "public"."IssueLink"("groupId");

-- CreateIndex
CREATE INDEX "IssueCreationSource_groupId_idx" ON "public"."IssueCreationSource"("groupId");

-- CreateIndex
CREATE INDEX "IssueCreation_bulkId_idx" ON "public"."IssueCreation"("bulkId");

-- AddForeignKey
ALTER TABLE "public"."FailureGroup" ADD CONSTRAINT "FailureGroup_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."Fingerprint" ADD CONSTRAINT "Fingerprint_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "public"."FailureGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."RunFingerprint" ADD CONSTRAINT "RunFingerprint_runId_fkey" FOREIGN KEY ("runId") REFERENCES "public"."TestRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."Assessment" ADD CONSTRAINT "Assessment_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "public"."FailureGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."Assessment" ADD CONSTRAINT "Assessment_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "public"."TestCase"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."KnownIssueRule" ADD CONSTRAINT "KnownIssueRule_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."KnownIssueRule" ADD CONSTRAINT "KnownIssueRule_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "public"."Issue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."BulkCreation" ADD CONSTRAINT "BulkCreation_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "public"."Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."BulkItem" ADD CONSTRAINT "BulkItem_bulkId_fkey" FOREIGN KEY ("bulkId") REFERENCES "public"."BulkCreation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."IssueLink" ADD CONSTRAINT "IssueLink_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "public"."FailureGroup"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

-- The results of a failure group in a run; few results fail.
CREATE INDEX "TestResult_runId_fingerprint_id_idx" ON "public"."TestResult"("runId", "fingerprint", "id") WHERE "fingerprint" IS NOT NULL;

-- Nobody starts a second creation for a group while one is unfinished.
CREATE UNIQUE INDEX "IssueCreationSource_unfinished_group_key" ON "public"."IssueCreationSource" ("integrationId", "groupId") WHERE NOT "finished" AND "groupId" IS NOT NULL;

-- One draft of a person per integration and result, and per integration and group.
CREATE UNIQUE INDEX "Draft_result_key" ON "public"."Draft" ("userId", "integrationId", "resultId") WHERE "groupId" IS NULL;
CREATE UNIQUE INDEX "Draft_group_key" ON "public"."Draft" ("userId", "integrationId", "groupId") WHERE "groupId" IS NOT NULL;
