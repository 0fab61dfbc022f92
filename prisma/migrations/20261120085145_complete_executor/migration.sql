-- AlterTable
ALTER TABLE "executor"."function" ADD COLUMN     "paused_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "executor"."job" ADD COLUMN     "queue" TEXT,
ADD COLUMN     "rank" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "slots" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "executor"."run" ADD COLUMN     "head_start_ms" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "parent_run_id" UUID,
ADD COLUMN     "parent_step_id" TEXT,
ADD COLUMN     "rerun_of" UUID,
ADD COLUMN     "singleton_key" TEXT,
ADD COLUMN     "slots" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "workspace_id" UUID;

-- CreateTable
CREATE TABLE "executor"."pause" (
    "run_id" UUID NOT NULL,
    "step_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "expression" TEXT,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "pause_pkey" PRIMARY KEY ("run_id","step_id")
);

-- CreateTable
CREATE TABLE "executor"."window" (
    "function_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "event_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "count" INTEGER NOT NULL DEFAULT 0,
    "opens_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "window_pkey" PRIMARY KEY ("function_id","kind","key")
);

-- CreateIndex
CREATE INDEX "pause_event_idx" ON "executor"."pause"("event");

-- CreateIndex
CREATE INDEX "window_due_at_idx" ON "executor"."window"("due_at");

-- CreateIndex
CREATE INDEX "job_queue_rank_idx" ON "executor"."job"("queue", "rank");

-- CreateIndex
CREATE INDEX "run_ended_at_idx" ON "executor"."run"("ended_at");

-- CreateIndex
CREATE INDEX "run_parent_run_id_idx" ON "executor"."run"("parent_run_id");

-- CreateIndex
CREATE INDEX "run_workspace_id_id_idx" ON "executor"."run"("workspace_id", "id");

-- AddForeignKey
ALTER TABLE "executor"."pause" ADD CONSTRAINT "pause_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "executor"."run"("id") ON DELETE CASCADE ON UPDATE CASCADE;


UPDATE "executor"."job" SET "rank" = "due_at";

-- One unfinished run of a function for each singleton key.
CREATE UNIQUE INDEX "run_singleton_key" ON "executor"."run"("function_id", "singleton_key")
WHERE "singleton_key" IS NOT NULL AND "state" IN ('queued', 'running');
