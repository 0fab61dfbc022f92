alter table "IssueCreation" add column "finishedAt" timestamptz(3);

alter table "BulkCreation"
  add column "typeId" text,
  add column "fields" jsonb not null default '{}';
