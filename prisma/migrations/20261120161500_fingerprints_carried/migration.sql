-- AlterTable
ALTER TABLE "public"."Fingerprint" ADD COLUMN     "carriedTo" SMALLINT NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "Fingerprint_projectId_carriedTo_idx" ON "public"."Fingerprint"("projectId", "carriedTo");
