// First: it says which address the product may call, before anything reads the environment.
import "./sandbox";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "@/lib/crypto/sha256";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { headersOf, statusOf } from "./call";
import { denial, wrongIdStatus } from "./expect";
import { appFiles, root } from "./files";
import { pages } from "./pages";
import { makeWorld, type Role, roles, thingsOf, type World } from "./world";

type Props = { params: Promise<Record<string, string>>; searchParams: Promise<Record<string, string>> };
type PageModule = {
  default: (props: Props) => Promise<unknown>;
  generateMetadata?: (props: Props) => Promise<unknown>;
};

const files = appFiles("app", "page.tsx");

// Pages tell a stranger and a lesser role the same: there is nothing here.
const asPage = (status: number | undefined) => (status === 403 ? 404 : status);

describe("the table of pages is complete", () => {
  it("[A4] has a row for every page and no other", () => {
    expect(files).toEqual(Object.keys(pages).sort());
  });
});

describe.each(files.filter((file) => pages[file] && !pages[file]?.elsewhere))("%s", (file) => {
  const row = pages[file];
  if (!row) throw new Error(`${file} has no row.`);
  const { ids = [] } = row;

  const ask = async (part: keyof PageModule, world: World, role: Role, things: World["own"]) => {
    const page: PageModule = await import(path.join(root, file));
    const { params = {}, searchParams = {} } = row.props?.(things) ?? {};
    const props = { params: Promise.resolve(params), searchParams: Promise.resolve(searchParams) };
    return statusOf(headersOf(world, role), async () => page[part]?.(props));
  };
  const open = (world: World, role: Role, things: World["own"]) => ask("default", world, role, things);

  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
  });

  it.each(roles)("[A2] as %s", async (role) => {
    expect(await open(world, role, thingsOf(world, role))).toBe(asPage(denial(row, role)) ?? row.ok ?? 200);
  });

  it.each(roles)("[A4] as %s: the title tells no more than the page", async (role) => {
    const { generateMetadata }: PageModule = await import(path.join(root, file));
    if (!generateMetadata) return;
    const refused = denial(row, role);
    // Whoever is in the project knows its name, which is all that the title of a page for its administrators says.
    if (refused && !(row.level === "projectAdmin" && refused === 403))
      expect(await ask("generateMetadata", world, role, thingsOf(world, role))).toBe(asPage(refused));
    for (const id of ids) {
      const wrong = { ...thingsOf(world, role), [id]: role === "outsider" ? newId() : world.foreign[id] };
      expect(await ask("generateMetadata", world, role, wrong), `foreign ${id}`).not.toBe(200);
    }
  });

  if (ids.length > 0)
    it.each(roles.filter((role) => role !== "outsider"))(
      "[A4] as %s: foreign, random and malformed are not found",
      async (role) => {
        for (const id of ids)
          for (const wrong of [world.foreign[id], newId(), "no-such-id"])
            expect(await open(world, role, { ...thingsOf(world, role), [id]: wrong }), `${id} = ${wrong}`).toBe(
              asPage(wrongIdStatus(row, role, id)),
            );
      },
    );
});

it("[A3] a token that reads sees nothing of its owner's sessions and tokens", async () => {
  const world = await makeWorld();
  const token = `flt_${newId()}`;
  const { workspaceId, userId } = { ...world.own, ...world.people.member };
  await prisma.apiToken.create({
    data: { workspaceId, userId, name: "reader", prefix: "flt_", tokenHash: sha256(token), scopes: ["read"] },
  });
  for (const page of ["account", "account/sessions", "account/tokens"]) {
    const { default: show }: PageModule = await import(path.join(root, `app/(app)/${page}/page.tsx`));
    const props = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };
    const headers = new Headers({ authorization: `Bearer ${token}` });
    expect(await statusOf(headers, async () => show(props)), page).toBe(404);
  }
});
