import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/member";
import { pool, prisma, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { auditFilter, listAudit, listAuditChoices } from "./list";
import { audit } from "./record";

let ada: Actor;

beforeAll(async () => {
  ada = await makeAdmin();
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
  await prisma.auditEntry.createMany({
    data: Array.from({ length: 120 }, (_, i) => ({
      id: newId(),
      workspaceId: ada.workspaceId,
      actorId: ada.userId,
      actorName: "Ada",
      via: "session",
      action: i % 2 ? "thing.created" : "thing.deleted",
      subjectType: "thing",
      subjectId: String(i),
      // Many share a time, so that the order within one moment is proven too.
      createdAt: at(Math.floor(i / 40)),
    })),
  });
});

const read = (filter: object, actor = ada) => listAudit(actor, auditFilter.parse(filter));

describe("the audit log", () => {
  it("[K1] pages through everything once, the newest first", async () => {
    const seen: string[] = [];
    let after: string | null | undefined;
    do {
      const page = await read({ to: "2026-01-01", ...(after && { after }) });
      seen.push(...page.entries.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });

  it("[K1] narrows by action, person and day, and takes nonsense for no filter", async () => {
    expect((await read({ action: "thing.created", to: "2026-01-01" })).entries).toHaveLength(50);
    expect((await read({ actorId: newId() })).entries).toEqual([]);
    expect((await read({ from: "2026-01-02", to: "2026-01-03" })).entries).toEqual([]);
    const all = (await read({})).entries.map(({ id }) => id);
    expect((await read({ from: "0000-01-01", to: "9999-12-31" })).entries.map(({ id }) => id)).toEqual(all);
    for (const filter of [
      { after: "1_x" },
      { actorId: "x" },
      { from: "yesterday" },
      { after: ["a"] },
      { action: "a\0" },
    ])
      expect((await read(filter)).entries.map(({ id }) => id)).toEqual(all);
  });

  it("[K1] offers the actions and people that occur", async () => {
    const choices = await listAuditChoices(ada);
    expect(choices.actions).toEqual(["account.created", "thing.created", "thing.deleted", "workspace.created"]);
    expect(choices.people).toEqual([{ id: ada.userId, name: "Ada" }]);
  });

  it("[A4] shows nothing of another workspace", async () => {
    const eve = await makeAdmin("Eve");
    expect((await read({ action: "thing.created" }, eve)).entries).toEqual([]);
  });

  it("[K1] is append-only, and undone with the change that it records", async () => {
    await expect(pool.query(`update "AuditEntry" set "action" = 'x'`)).rejects.toThrow("append-only");
    await expect(pool.query(`delete from "AuditEntry"`)).rejects.toThrow("append-only");
    const failing = transaction(async (tx) => {
      await audit(tx, ada, "thing.undone", { subjectType: "thing", subjectId: "1" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect((await read({ action: "thing.undone" })).entries).toEqual([]);
  });
});
