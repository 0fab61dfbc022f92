-- AlterTable
ALTER TABLE "executor"."run" ADD COLUMN     "races" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "executor"."step" ADD COLUMN     "race" BOOLEAN NOT NULL DEFAULT false;
