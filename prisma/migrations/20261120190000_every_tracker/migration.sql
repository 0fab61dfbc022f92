-- Trackers with types, fields, users and files of their own.
alter table "Integration"
  add column "settings" jsonb not null default '{}',
  add column "caCertificate" text,
  add column "tlsFingerprint" text,
  add column "sealedProxy" text,
  add column "proxyHost" text;

alter table "ExternalProject"
  add column "defaultTypeId" text,
  add column "defaultTypeName" text,
  add column "uploadsFiles" boolean,
  add column "board" jsonb;

alter table "ExternalIssue"
  add column "ref" text not null default '',
  add column "type" text,
  add column "priority" text;
update "ExternalIssue" set "ref" = regexp_replace("key", '^.*#', '');

alter table "IssueCreation"
  add column "typeId" text,
  add column "typeName" text,
  add column "textField" text,
  add column "setFields" jsonb not null default '[]',
  add column "reporter" jsonb;

alter table "Draft"
  add column "typeId" text,
  add column "fields" jsonb not null default '{}';

create table "MetadataCache" (
  "id" uuid not null,
  "workspaceId" uuid not null,
  "integrationId" uuid not null,
  "connectionId" uuid not null,
  "key" text not null,
  "value" jsonb not null,
  "fetchedAt" timestamptz(3) not null,
  "refreshingUntil" timestamptz(3),
  constraint "MetadataCache_pkey" primary key ("id")
);
create unique index "MetadataCache_connectionId_key_key" on "MetadataCache" ("connectionId", "key");
create index "MetadataCache_integrationId_idx" on "MetadataCache" ("integrationId");
alter table "MetadataCache" add constraint "MetadataCache_integrationId_fkey"
  foreign key ("integrationId") references "Integration" ("id") on delete cascade on update cascade;

create table "UserMatch" (
  "id" uuid not null,
  "workspaceId" uuid not null,
  "integrationId" uuid not null,
  "userId" uuid not null,
  "remoteUserId" text,
  "remoteName" text,
  "remoteLogin" text,
  "source" text not null,
  "setById" uuid,
  "checkedAt" timestamptz(3) not null,
  "createdAt" timestamptz(3) not null default current_timestamp,
  "updatedAt" timestamptz(3) not null,
  constraint "UserMatch_pkey" primary key ("id")
);
create unique index "UserMatch_integrationId_userId_key" on "UserMatch" ("integrationId", "userId");
create index "UserMatch_workspaceId_idx" on "UserMatch" ("workspaceId");
alter table "UserMatch" add constraint "UserMatch_integrationId_fkey"
  foreign key ("integrationId") references "Integration" ("id") on delete cascade on update cascade;

create table "IssueFile" (
  "id" uuid not null,
  "workspaceId" uuid not null,
  "creationId" uuid not null,
  "attachmentId" uuid not null,
  "remoteId" text,
  "url" text,
  "inText" text,
  "sentAt" timestamptz(3),
  "errorMessage" text,
  "createdAt" timestamptz(3) not null default current_timestamp,
  "updatedAt" timestamptz(3) not null,
  constraint "IssueFile_pkey" primary key ("id")
);
create unique index "IssueFile_creationId_attachmentId_key" on "IssueFile" ("creationId", "attachmentId");
create index "IssueFile_attachmentId_idx" on "IssueFile" ("attachmentId");
alter table "IssueFile" add constraint "IssueFile_creationId_fkey"
  foreign key ("creationId") references "IssueCreation" ("id") on delete cascade on update cascade;

create table "LastChoice" (
  "id" uuid not null,
  "workspaceId" uuid not null,
  "projectId" uuid not null,
  "userId" uuid not null,
  "integrationId" uuid not null,
  "externalProjectId" text not null,
  "typeId" text,
  "fields" jsonb not null default '{}',
  "labels" text[],
  "updatedAt" timestamptz(3) not null,
  constraint "LastChoice_pkey" primary key ("id")
);
create unique index "LastChoice_userId_projectId_integrationId_externalProjectId_key"
  on "LastChoice" ("userId", "projectId", "integrationId", "externalProjectId");
create index "LastChoice_workspaceId_idx" on "LastChoice" ("workspaceId");
