alter table "KnownIssueRule" add column "severity" "Severity";

alter table "FailureGroup"
  add column "ratedById" uuid,
  add column "ratedInRun" integer;
