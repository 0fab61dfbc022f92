-- AlterTable
ALTER TABLE "IssueCreation" ADD COLUMN "dismissedAt" TIMESTAMPTZ(3),
ADD COLUMN "errorFields" JSONB,
ADD COLUMN "lastSentAt" TIMESTAMPTZ(3),
ADD COLUMN "warnings" JSONB NOT NULL DEFAULT '[]';
