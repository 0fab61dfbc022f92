-- Windows that are acted on when they are due. Those that only count may be many, and are looked up by their names.
CREATE INDEX "window_waiting" ON "executor"."window"("due_at") WHERE "kind" IN ('batch', 'debounce', 'event', 'cron');

-- Events are taken by turns from each workspace.
CREATE INDEX "Outbox_turns" ON "Outbox"((coalesce("data" ->> 'workspaceId', '')), "createdAt", "id") WHERE "refusedAt" IS NULL;
