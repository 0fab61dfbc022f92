-- DropForeignKey
ALTER TABLE "public"."KnownIssueRule" DROP CONSTRAINT "KnownIssueRule_issueId_fkey";

-- AlterTable
ALTER TABLE "public"."KnownIssueRule" ADD COLUMN     "stoppedAt" TIMESTAMPTZ(3),
ALTER COLUMN "issueId" DROP NOT NULL;

-- AddForeignKey
ALTER TABLE "public"."KnownIssueRule" ADD CONSTRAINT "KnownIssueRule_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "public"."Issue"("id") ON DELETE SET NULL ON UPDATE CASCADE;
