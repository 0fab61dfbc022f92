// First: it says which address the product may call, before anything reads the environment.
import "./sandbox";
import { existsSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { ActionContract } from "@/lib/contract";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { actions } from "./actions";
import { headersOf, statusOf } from "./call";
import { denial, wrongIdStatus } from "./expect";
import { appFiles, root } from "./files";
import { levelOf } from "./level-of";
import { makeWorld, type Role, roles, thingsOf, type World } from "./world";

type Action = (...args: unknown[]) => Promise<unknown>;

const found = await Promise.all(
  appFiles("app", "actions.ts").map(async (file) => {
    const exported: Record<string, Action> = await import(path.join(root, file));
    const contractFile = path.join(root, path.dirname(file), "actions.contract.ts");
    const contract: Record<string, ActionContract> = existsSync(contractFile)
      ? (await import(contractFile)).contract
      : {};
    return { file, exported, contract };
  }),
);

const all = found.flatMap(({ file, exported, contract }) =>
  Object.entries(exported).map(([name, action]) => ({ file, name, action, contract: contract[name] })),
);

describe("the table of actions is complete", () => {
  it.each(found)("[A4] $file has a contract for each action that it exports", ({ exported, contract }) => {
    expect(Object.keys(contract).sort()).toEqual(Object.keys(exported).sort());
  });

  it("[A4] has a row for every action and no other", () => {
    const rows = Object.entries(actions).flatMap(([file, names]) =>
      Object.keys(names).map((name) => `${file} ${name}`),
    );
    expect(all.map(({ file, name }) => `${file} ${name}`).sort()).toEqual(rows.sort());
  });

  it.each(all)("[K1] $file $name is open to those whom the table names, and is audited", ({ file, name, contract }) => {
    expect(contract && levelOf(contract.access)).toBe(actions[file]?.[name]?.declared ?? actions[file]?.[name]?.level);
    expect(contract?.audit).toMatch(/^[a-z_]+\.[a-z_]+$/);
  });
});

describe.each(all.filter(({ file, name }) => !actions[file]?.[name]?.elsewhere))(
  "$file $name",
  ({ file, name, action, contract }) => {
    const row = actions[file]?.[name];
    if (!row || !contract) throw new Error(`${file} ${name} has no row or no contract.`);
    const { ids = [], args, ok = 200 } = row;
    const call = (world: World, role: Role, things: World["own"], origin?: string) =>
      statusOf(headersOf(world, role, origin), () => action(...args(things)));

    let shared: World;
    beforeAll(async () => {
      shared = await makeWorld();
    });

    it.each(roles)("[A2] as %s, with one's own ids", async (role) => {
      const refused = denial(row, role);
      const world = refused === undefined ? await makeWorld() : shared;
      if (role !== "guest") await row.prepare?.(world.own, world.people[role].userId);
      expect(await call(world, role, thingsOf(world, role))).toBe(refused ?? ok);
      if (refused !== undefined || role === "outsider" || role === "guest") return;
      const where = { workspaceId: world.own.workspaceId, action: contract.audit ?? "" };
      expect(await prisma.auditEntry.count({ where }), `audit rows ${contract.audit}`).toBeGreaterThan(0);
    });

    if (ids.length > 0)
      it.each(roles.filter((role) => role !== "outsider"))(
        "[A4] as %s: foreign and random ids answer alike",
        async (role) => {
          for (const id of ids) {
            const expected = wrongIdStatus(row, role, id);
            for (const wrong of [shared.foreign[id], newId()])
              expect(await call(shared, role, { ...thingsOf(shared, role), [id]: wrong }), `${id} = ${wrong}`).toBe(
                expected,
              );
            // A malformed id is refused by the contract before anybody is asked who they are.
            expect([expected, 422]).toContain(
              await call(shared, role, { ...thingsOf(shared, role), [id]: "no-such-id" }),
            );
          }
        },
      );

    it("[A4] refuses a foreign Origin", async () => {
      expect(await call(shared, "admin", shared.own, "https://evil.example")).toBe(403);
    });
  },
);
