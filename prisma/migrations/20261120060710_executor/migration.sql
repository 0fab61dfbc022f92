-- DropIndex
DROP INDEX "executor"."event_receivedAt_idx";

-- AlterTable
ALTER TABLE "executor"."event" DROP CONSTRAINT "event_pkey",
DROP COLUMN "receivedAt",
ADD COLUMN     "key" TEXT,
ADD COLUMN     "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
DROP COLUMN "id",
ADD COLUMN     "id" UUID NOT NULL,
ADD CONSTRAINT "event_pkey" PRIMARY KEY ("id");

-- CreateTable
CREATE TABLE "executor"."function" (
    "id" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "synced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "function_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "executor"."once" (
    "function_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "once_pkey" PRIMARY KEY ("function_id","kind","key")
);

-- CreateTable
CREATE TABLE "executor"."run" (
    "id" UUID NOT NULL,
    "function_id" TEXT NOT NULL,
    "event_ids" UUID[],
    "event_name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "open_steps" INTEGER NOT NULL DEFAULT 0,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "parallel" BOOLEAN NOT NULL DEFAULT false,
    "request_version" INTEGER NOT NULL DEFAULT -1,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "output" JSONB,
    "error" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "executor"."step" (
    "run_id" UUID NOT NULL,
    "step_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "seq" INTEGER,
    "output" JSONB,
    "error" JSONB,
    "wake_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "step_pkey" PRIMARY KEY ("run_id","step_id")
);

-- CreateTable
CREATE TABLE "executor"."job" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "function_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "worker" TEXT,
    "lost" INTEGER NOT NULL DEFAULT 0,
    "strays" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "once_expires_at_idx" ON "executor"."once"("expires_at");

-- CreateIndex
CREATE INDEX "run_created_at_idx" ON "executor"."run"("created_at");

-- CreateIndex
CREATE INDEX "run_function_id_created_at_idx" ON "executor"."run"("function_id", "created_at");

-- CreateIndex
CREATE INDEX "run_state_created_at_idx" ON "executor"."run"("state", "created_at");

-- CreateIndex
CREATE INDEX "job_due_at_idx" ON "executor"."job"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "job_run_id_step_id_key" ON "executor"."job"("run_id", "step_id");

-- CreateIndex
CREATE INDEX "event_received_at_idx" ON "executor"."event"("received_at");

-- AddForeignKey
ALTER TABLE "executor"."step" ADD CONSTRAINT "step_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "executor"."run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executor"."job" ADD CONSTRAINT "job_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "executor"."run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
