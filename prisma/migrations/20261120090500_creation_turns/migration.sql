-- An unfinished creation of before is worked on for its first asking.
ALTER TABLE "public"."IssueCreation" ADD COLUMN     "absentSince" TIMESTAMPTZ(3),
ADD COLUMN     "sweptAt" TIMESTAMPTZ(3),
ADD COLUMN     "turnId" UUID;

UPDATE "public"."IssueCreation" SET "turnId" = "id";

ALTER TABLE "public"."IssueCreation" ALTER COLUMN "turnId" SET NOT NULL;

-- CreateIndex
CREATE INDEX "IssueCreation_state_updatedAt_idx" ON "public"."IssueCreation"("state", "updatedAt");

-- AlterTable: answers are kept sealed, and for a day; those of before are not worth carrying over.
DELETE FROM "public"."IdempotencyKey";

ALTER TABLE "public"."IdempotencyKey" DROP COLUMN "answer",
ADD COLUMN     "heldAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "sealedAnswer" TEXT;
