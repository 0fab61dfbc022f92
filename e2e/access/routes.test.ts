// First: it says which address the product may call, before anything reads the environment.
import "./sandbox";
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
import { makeWorld, type Role, roles, thingsOf, type World } from "./world";

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
    expect(levelOf(one.access)).toBe(routes[key]?.declared ?? routes[key]?.level);
  });

  it.each(contracts.filter(({ one, key }) => one.method !== "GET" && !one.reads && !routes[key]?.elsewhere))(
    "[K1] $key names its audit action",
    ({ one }) => {
      expect(one.audit).toMatch(/^[a-z_]+\.[a-z_]+$/);
    },
  );
});

describe.each(contracts.filter(({ key }) => !routes[key]?.elsewhere))("$key", ({ key, one, handler }) => {
  const row = routes[key];
  if (!row || !handler) throw new Error(`${key} has no row or no handler.`);
  const { ids = [], request = () => ({}) } = row;
  const isChange = one.method !== "GET";
  const call = (world: World, role: Role, things: World["own"], origin?: string) =>
    callRoute(handler, headersOf(world, role, origin), { method: one.method, path: one.path, ...request(things) });

  let shared: World;
  beforeAll(async () => {
    shared = await makeWorld();
  });

  it.each(roles)("[A2] as %s, with one's own ids", async (role) => {
    const refused = denial(row, role);
    const world = isChange && refused === undefined ? await makeWorld() : shared;
    if (role !== "guest") await row.prepare?.(world.own, world.people[role].userId);
    const response = await call(world, role, thingsOf(world, role));
    if (response.status !== (refused ?? row.ok ?? 200)) expect.fail(`${response.status} ${await response.text()}`);
    await response.body?.cancel();
    if (!isChange || one.reads || refused !== undefined || role === "outsider") return;
    const where = { workspaceId: world.own.workspaceId, action: one.audit ?? "" };
    expect(await prisma.auditEntry.count({ where }), `audit rows ${one.audit}`).toBeGreaterThan(0);
  });

  if (ids.length > 0)
    it.each(roles.filter((role) => role !== "outsider"))(
      "[A4] as %s: foreign, random and malformed ids answer alike",
      async (role) => {
        for (const id of ids) {
          const expected = wrongIdStatus(row, role, id);
          const ask = async (wrong: string) => {
            const response = await call(shared, role, { ...thingsOf(shared, role), [id]: wrong });
            const { requestId: _, ...answer } = await response.json();
            return { status: response.status, answer };
          };
          const random = await ask(newId());
          expect(random.status, `random ${id}`).toBe(expected);
          expect(await ask(shared.foreign[id]), `foreign ${id}`).toEqual(random);
          const malformed = await ask("no-such-id");
          // In a body a malformed id may be a mistake of form; in an address it is one more that does not exist.
          if (malformed.status !== 422 || !one.body) expect(malformed, `malformed ${id}`).toEqual(random);
        }
      },
    );

  if (isChange && !one.checksOriginItself)
    it("[A4] refuses a foreign Origin", async () => {
      const response = await call(shared, "admin", shared.own, "https://evil.example");
      expect(await response.json()).toMatchObject({ kind: "origin_refused" });
    });
});
