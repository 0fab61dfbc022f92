-- What Prisma's schema cannot say.

-- The results of a failure group in a run, failures before flaky ones; few results fail.
DROP INDEX "public"."TestResult_runId_fingerprint_id_idx";
CREATE INDEX "TestResult_runId_fingerprint_rank_id_idx" ON "public"."TestResult"("runId", "fingerprint", "rank", "id") WHERE "fingerprint" IS NOT NULL;
