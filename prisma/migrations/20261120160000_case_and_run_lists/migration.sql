-- CreateIndex
CREATE INDEX "TestCase_projectId_id_idx" ON "public"."TestCase"("projectId", "id");

-- CreateIndex
CREATE INDEX "TestRun_projectId_branch_number_idx" ON "public"."TestRun"("projectId", "branch", "number");
