import { existsSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { RouteContract } from "@/lib/contract";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { callRoute, headersOf } from "./call";
import { denial, wrongIdStatus } from "./expect";
import { appFiles, root } from "./files";
import { levelOf } from "./level-of";
import { routes, withoutContract } from "./routes";
import { makeWorld, roles, type World } from "./world";

type Handler = Parameters<typeof callRoute>[0];
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const files = appFiles("app/api", "route.ts").filter((file) => !(file in withoutContract));

const found = await Promise.all(
  files.map(async (file) => {
    const handlers: Record<string, Handler> = await import(path.join(root, file));
    const contractFile = path.join(root, path.dirname(file), "contract.ts");
    const contract: Record<string, RouteContract> = existsSync(contractFile)
      ? (await import(contractFile)).contract
      : {};
    return { file, handlers, contract };
  }),
);
const contracts = found.flatMap(({ handlers, contract }) =>
  Object.values(contract).map((one) => ({ one, key: `${one.method} ${one.path}`, handler: handlers[one.method] })),
);

describe("the table of routes is complete", () => {
  it.each(found)(
    "[A4] $file exports a contract for each of its methods, at its own path",
    ({ file, handlers, contract }) => {
      const exported = Object.keys(handlers).filter((name) => methods.includes(name));
      expect(Object.keys(contract).sort()).toEqual(exported.sort());
      const at = `/${path
        .dirname(file)
        .replace(/^app\//, "")
        .replace(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}")}`;
      for (const [method, one] of Object.entries(contract)) expect(one).toMatchObject({ method, path: at });
    },
  );

  it("[A4] has a row for every route and no other", () => {
    expect(contracts.map(({ key }) => key).sort()).toEqual(Object.keys(routes).sort());
  });

  it.each(contracts)("[A4] $key is open to those whom the table names", ({ key, one }) => {
    expect(levelOf(one.access)).toBe(routes[key]?.level);
  });

  it.each(contracts.filter(({ one }) => one.method !== "GET"))("[K1] $key names its audit action", ({ one }) => {
    expect(one.audit).toMatch(/^[a-z_]+\.[a-z_]+$/);
  });
});

describe.each(contracts.filter(({ key }) => !routes[key]?.elsewhere))("$key", ({ key, one, handler }) => {
  const row = routes[key];
  if (!row || !handler) throw new Error(`${key} has no row or no handler.`);
  const { ids = [], request = () => ({}) } = row;
  const call = (world: World, role: (typeof roles)[number], things: World["own"], origin?: string) =>
    callRoute(handler, headersOf(world, role, origin), { method: one.method, path: one.path, ...request(things) });

  it.each(roles)("[A2] as %s, with one's own ids", async (role) => {
    const world = await makeWorld();
    const response = await call(world, role, world.own);
    await response.body?.cancel();
    expect(response.status).toBe(denial(row, role) ?? row.ok ?? 200);
    if (one.method === "GET" || denial(row, role) !== undefined) return;
    const entries = await prisma.auditEntry.count({
      where: { workspaceId: world.own.workspaceId, action: one.audit ?? "" },
    });
    if (role !== "outsider") expect(entries, `an audit row ${one.audit}`).toBeGreaterThan(0);
  });

  if (ids.length > 0)
    describe("with an id that is not one's own", () => {
      let world: World;
      beforeAll(async () => {
        world = await makeWorld();
      });

      it.each(roles.filter((role) => role !== "outsider"))(
        "[A4] as %s: foreign, random and malformed answer alike",
        async (role) => {
          for (const id of ids) {
            const answers = [];
            for (const wrong of [world.foreign[id], newId(), "no-such-id"]) {
              const response = await call(world, role, { ...world.own, [id]: wrong });
              expect(response.status, `${id} = ${wrong}`).toBe(wrongIdStatus(row, role, id));
              const { requestId: _, ...answer } = await response.json();
              answers.push(answer);
            }
            expect(answers[1]).toEqual(answers[0]);
            if (!row.wrong) expect(answers[2]).toEqual(answers[0]);
          }
        },
      );
    });

  if (one.method !== "GET")
    it("[A4] refuses a foreign Origin", async () => {
      const world = await makeWorld();
      const response = await call(world, "admin", world.own, "https://evil.example");
      expect(await response.json()).toMatchObject({ kind: "origin_refused" });
    });
});
