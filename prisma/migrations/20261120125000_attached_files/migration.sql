-- AlterTable
ALTER TABLE "public"."IssueCreation" ADD COLUMN     "attached" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "public"."Draft" ADD COLUMN     "attached" TEXT[] DEFAULT ARRAY[]::TEXT[];
