-- AlterTable
ALTER TABLE "public"."Project" ADD COLUMN     "secretPatterns" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "public"."IssueCreation" ADD COLUMN     "bodyCuts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "bodyLimitChars" INTEGER,
ADD COLUMN     "isNewIssueUrlCut" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "newIssueUrl" TEXT,
ADD COLUMN     "revealed" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "public"."Draft" ADD COLUMN     "revealed" TEXT[] DEFAULT ARRAY[]::TEXT[];
