-- What the schema language cannot say. Partial indexes and triggers are left alone by `migrate create`.

-- While a creation is unfinished, nobody starts a second one for the same source: who asks again joins.
CREATE UNIQUE INDEX "IssueCreationSource_unfinished_key" ON "IssueCreationSource" ("integrationId", "resultId") WHERE NOT "finished";

-- One shared credential for each integration; the constraint on (integrationId, userId) does not see null.
CREATE UNIQUE INDEX "Connection_shared_key" ON "Connection" ("integrationId") WHERE "userId" IS NULL;

-- One primary integration for each project.
CREATE UNIQUE INDEX "ProjectIntegration_primary_key" ON "ProjectIntegration" ("projectId") WHERE "isPrimary";

-- The audit log is append-only, for our own code too.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END;
$$;
CREATE TRIGGER "AuditEntry_append_only" BEFORE UPDATE OR DELETE ON "AuditEntry" FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER "AuditEntry_no_truncate" BEFORE TRUNCATE ON "AuditEntry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Wakes the executor at commit; it polls as well, so a lost notification costs time, never an event.
CREATE FUNCTION announce_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('executor', 'outbox');
  RETURN NULL;
END;
$$;
CREATE TRIGGER "Outbox_announce" AFTER INSERT ON "Outbox" FOR EACH STATEMENT EXECUTE FUNCTION announce_outbox();
