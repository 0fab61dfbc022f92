-- DropIndex
DROP INDEX "public"."Fingerprint_projectId_carriedTo_idx";

-- CreateIndex
CREATE INDEX "Fingerprint_projectId_carriedTo_hash_idx" ON "public"."Fingerprint"("projectId", "carriedTo", "hash");
