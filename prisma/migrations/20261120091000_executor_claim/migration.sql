-- DropIndex
DROP INDEX "executor"."job_due_at_idx";

-- DropIndex
DROP INDEX "executor"."job_queue_rank_idx";

-- CreateIndex
CREATE INDEX "job_function_id_due_at_idx" ON "executor"."job"("function_id", "due_at");

-- CreateIndex
CREATE INDEX "job_function_id_queue_rank_id_idx" ON "executor"."job"("function_id", "queue", "rank", "id");

-- The jobs that are held: few, whatever waits.
CREATE INDEX "job_held" ON "executor"."job"("worker") WHERE "worker" IS NOT NULL;

-- Jobs with a negative head start: all others are taken no later than they are due.
CREATE INDEX "job_held_back" ON "executor"."job"("function_id", "queue", "rank", "id") WHERE "rank" > "due_at";

-- Takes due jobs of these functions for a process, in the order of their rank and within the limits of their slots.
-- One at a time over all processes: each statement in here sees what the one before has taken. That is why it touches no
-- row that another transaction may hold, and tells ids alone: nobody's network or standstill may hold up the others.
--   "limits": {<function id>: {<first two parts of a slot>: <how many at once>}}; what is not there is not limited
--   "known": the jobs that this process works on; others under its name are its own, lost on the way to it
-- It looks at the head of each queue only, never through one, so the plan must not depend on statistics.
CREATE FUNCTION "executor"."claim"(
  "functions" TEXT[], "wanted" INTEGER, "me" TEXT, "lease_ms" DOUBLE PRECISION, "known" UUID[], "limits" JSONB,
  OUT "ids" UUID[], OUT "fences" INTEGER[], OUT "is_more" BOOLEAN, OUT "next_ms" DOUBLE PRECISION
) LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  looked_at TIMESTAMPTZ(3);
  used JSONB;
  candidate RECORD;
  slot TEXT;
  has_room BOOLEAN;
  chosen UUID[] := '{}';
  chosen_fences INTEGER[] := '{}';
BEGIN
  -- A crash of the database may forget a lease, which is what leases are for; nobody waits for the disk here.
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM pg_advisory_xact_lock(4711, 0);
  -- Times are kept in milliseconds, rounded: without one of tolerance a job could seem to be due just after its making.
  looked_at := clock_timestamp() + interval '1 ms';
  is_more := false;

  functions := ARRAY(SELECT f FROM unnest(functions) AS f
    WHERE NOT EXISTS (SELECT FROM executor.function WHERE id = f AND paused_at IS NOT NULL));
  SELECT coalesce(jsonb_object_agg(s, n), '{}') INTO used FROM (
    SELECT s, count(*) AS n FROM executor.job, unnest(slots) AS s
    WHERE worker IS NOT NULL AND queue IS NOT NULL GROUP BY s
  ) AS held;

  FOR candidate IN
    WITH RECURSIVE queues AS (
      SELECT f AS function_id, (SELECT queue FROM executor.job WHERE function_id = f AND queue IS NOT NULL
        ORDER BY queue LIMIT 1) AS queue FROM unnest(functions) AS f
      UNION ALL
      SELECT function_id, (SELECT job.queue FROM executor.job WHERE job.function_id = queues.function_id
        AND job.queue > queues.queue ORDER BY job.queue LIMIT 1) FROM queues WHERE queue IS NOT NULL
    ), heads AS MATERIALIZED (
      SELECT function_id, queue, string_to_array(queue, E'\n') AS slots FROM queues WHERE queue IS NOT NULL
    ), open AS MATERIALIZED (
      SELECT function_id, queue, slots, (SELECT min(
          coalesce((limits -> function_id ->> (split_part(s, '/', 1) || '/' || split_part(s, '/', 2)))::int, 1000000)
          - coalesce((used ->> s)::int, 0)) FROM unnest(slots) AS s) AS room
      FROM heads
    )
    -- Whose lease has ended keeps its slots: it is the same job.
    SELECT id, function_id, fence, rank, '{}'::text[] AS slots FROM executor.job
      WHERE worker IS NOT NULL AND (due_at <= looked_at OR worker = me) AND id <> ALL (known) AND function_id = ANY (functions)
    UNION ALL
    SELECT job.id, job.function_id, job.fence, job.rank, '{}' FROM unnest(functions) AS f CROSS JOIN LATERAL (
      (SELECT * FROM executor.job WHERE function_id = f AND queue IS NULL AND rank <= looked_at AND due_at <= looked_at
        AND worker IS NULL ORDER BY rank, id LIMIT wanted + 1)
      UNION ALL
      (SELECT * FROM executor.job WHERE function_id = f AND queue IS NULL AND rank > looked_at AND due_at <= looked_at
        AND rank > due_at AND worker IS NULL ORDER BY rank, id LIMIT wanted + 1)
      LIMIT wanted + 1) AS job
    UNION ALL
    SELECT job.id, job.function_id, job.fence, job.rank, open.slots FROM open CROSS JOIN LATERAL (
      (SELECT * FROM executor.job WHERE function_id = open.function_id AND queue = open.queue AND rank <= looked_at
        AND due_at <= looked_at AND worker IS NULL ORDER BY rank, id LIMIT least(room, wanted + 1))
      UNION ALL
      (SELECT * FROM executor.job WHERE function_id = open.function_id AND queue = open.queue AND rank > looked_at
        AND due_at <= looked_at AND rank > due_at AND worker IS NULL ORDER BY rank, id LIMIT least(room, wanted + 1))
      LIMIT least(room, wanted + 1)) AS job
    WHERE room > 0
    ORDER BY rank, id
  LOOP
    -- Several queues may share a slot, so each one that is taken counts for those behind it.
    has_room := true;
    FOREACH slot IN ARRAY candidate.slots LOOP
      has_room := has_room AND coalesce((used ->> slot)::int, 0) < coalesce((limits -> candidate.function_id
        ->> (split_part(slot, '/', 1) || '/' || split_part(slot, '/', 2)))::int, 1000000);
    END LOOP;
    CONTINUE WHEN NOT has_room;
    IF cardinality(chosen) >= wanted THEN
      is_more := true;
      EXIT;
    END IF;
    chosen := chosen || candidate.id;
    chosen_fences := chosen_fences || candidate.fence;
    FOREACH slot IN ARRAY candidate.slots LOOP
      used := used || jsonb_build_object(slot, coalesce((used ->> slot)::int, 0) + 1);
    END LOOP;
  END LOOP;

  -- A row that somebody settles or ends at this moment is left to them. A fence that differs says that it has been.
  WITH free AS MATERIALIZED (
    SELECT job.id, job.fence, place FROM unnest(chosen, chosen_fences) WITH ORDINALITY AS c (id, fence, place)
    JOIN executor.job ON job.id = c.id AND job.fence = c.fence FOR UPDATE OF job SKIP LOCKED
  ), taken AS (
    UPDATE executor.job SET fence = job.fence + 1, lost = lost + (worker IS NOT NULL)::int, worker = me,
      due_at = looked_at + lease_ms * interval '1 ms'
    FROM free WHERE job.id = free.id AND job.fence = free.fence RETURNING job.id, job.fence, place
  )
  SELECT coalesce(array_agg(taken.id ORDER BY place), '{}'), coalesce(array_agg(taken.fence ORDER BY place), '{}')
    INTO ids, fences FROM taken;

  IF cardinality(ids) < cardinality(chosen) THEN
    next_ms := 50;
  ELSE
    SELECT extract(epoch FROM min(due_at) - looked_at) * 1000 INTO next_ms FROM unnest(functions) AS f CROSS JOIN LATERAL (
      SELECT due_at FROM executor.job WHERE function_id = f AND due_at > looked_at ORDER BY due_at LIMIT 1) AS soon;
  END IF;
END;
$$;
