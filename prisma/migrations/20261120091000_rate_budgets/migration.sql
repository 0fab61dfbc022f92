-- AlterTable
ALTER TABLE "OutboundCall" ADD COLUMN     "rateLimit" INTEGER;

-- CreateTable
CREATE TABLE "RateBudget" (
    "connectionId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "blockedUntil" TIMESTAMPTZ(3),
    "strikes" INTEGER NOT NULL DEFAULT 0,
    "writeId" UUID,
    "writeUntil" TIMESTAMPTZ(3),
    "nextWriteAt" TIMESTAMPTZ(3),
    "writeMs" INTEGER NOT NULL DEFAULT 0,
    "awaitedUntil" TIMESTAMPTZ(3),
    "lineEndsAt" TIMESTAMPTZ(3),
    "bulkLineEndsAt" TIMESTAMPTZ(3),

    CONSTRAINT "RateBudget_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "RateWindow" (
    "connectionId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "bucket" TEXT NOT NULL,
    "limit" INTEGER NOT NULL,
    "remaining" INTEGER NOT NULL,
    "resetAt" TIMESTAMPTZ(3) NOT NULL,
    "remoteResetAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RateWindow_pkey" PRIMARY KEY ("connectionId","bucket")
);

-- AddForeignKey
ALTER TABLE "RateBudget" ADD CONSTRAINT "RateBudget_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RateWindow" ADD CONSTRAINT "RateWindow_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "RateBudget"("connectionId") ON DELETE CASCADE ON UPDATE CASCADE;
