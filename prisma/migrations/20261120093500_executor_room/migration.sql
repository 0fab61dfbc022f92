-- A step moves its run and its job on by a few numbers that are in no index. With room left on the page such a change
-- stays there and touches no index either.
ALTER TABLE "executor"."job" SET (fillfactor = 50);
ALTER TABLE "executor"."run" SET (fillfactor = 70);
