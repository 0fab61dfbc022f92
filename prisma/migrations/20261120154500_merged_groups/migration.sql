-- What was merged into a failure group: an unfinished creation names the group that it was asked for.
CREATE INDEX "FailureGroup_mergedIntoId_idx" ON "public"."FailureGroup"("mergedIntoId") WHERE "mergedIntoId" IS NOT NULL;
