-- DropIndex
DROP INDEX "public"."IssueLink_groupId_idx";

-- CreateIndex
CREATE INDEX "IssueLink_groupId_issueId_id_idx" ON "public"."IssueLink"("groupId", "issueId", "id");

-- What Prisma's schema cannot say.

-- Few cases have a severity of their own; an import asks for those of its failures.
CREATE INDEX "TestCase_severity_idx" ON "public"."TestCase"("projectId", "id") WHERE "severitySource" <> 'default';
