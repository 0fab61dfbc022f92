-- AlterTable
ALTER TABLE "public"."Outbox" ADD COLUMN     "refusal" TEXT,
ADD COLUMN     "refusedAt" TIMESTAMPTZ(3);
