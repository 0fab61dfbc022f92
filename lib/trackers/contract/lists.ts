import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContractSandbox } from "../contract";
import type { OpenTracker, ProjectRef } from "../tracker";
import { allOf, type Context, method, offering, present } from "./context";

const size = { extraProjects: 5_000, extraUsers: 2_000, extraFields: 300 };

/** Projects, types, fields and people, in numbers that no page holds. */
export function lists(context: Context): void {
  const { setup, open } = context;

  describe("lists", () => {
    it("[E2] a project is found by what is typed, and says what it allows", async () => {
      const name = setup.project.split("/").at(-1) ?? setup.project;
      const { items } = await allOf((cursor) => open().listProjects({ query: name.toUpperCase(), cursor }));
      const found = items.find(({ key }) => key === setup.project);
      expect(found).toMatchObject({ hasIssues: true, isArchived: false, canWrite: true });
      expect(found?.remoteId).toBe(context.project().remoteId);
      expect(await open().getProject({ remoteId: context.project().remoteId })).toMatchObject({ key: setup.project });
    });

    it("[E2] nothing is found where nothing is", async () => {
      const { items } = await allOf((cursor) => open().listProjects({ query: "zzz no such project", cursor }));
      expect(items).toEqual([]);
    });

    offering(context, ["listTypes"], () => {
      it("[G2] says what can be created", async () => {
        const types = await method(open(), "listTypes")({ project: context.project() });
        expect(types.length).toBeGreaterThan(0);
        expect(new Set(types.map(({ id }) => id)).size).toBe(types.length);
        if (setup.typeName) expect(types.map(({ name }) => name)).toContain(setup.typeName);
      });
    });

    offering(context, ["getForm"], () => {
      it("[G2] the form names each field once, by a stable id, and says where its choices are", async () => {
        for (const form of await formsOf(open(), context.project())) {
          expect(new Set(form.fields.map(({ id }) => id)).size).toBe(form.fields.length);
          for (const { kind, options, isSearched, name } of form.fields) {
            if (!/^(multi_)?select$|^cascade$/.test(kind)) continue;
            expect(options !== null || isSearched, `${name} has its choices somewhere`).toBe(true);
          }
          expect(form.fields.filter(({ isSearched }) => isSearched && !context.offers.searchOptions)).toEqual([]);
        }
      });

      const { oddField } = setup;
      if (oddField) {
        it("[G2] a field of an unknown kind is shown by its name, as what cannot be filled in here", async () => {
          const { typeName, fieldId } = await oddField(context.sandbox());
          const opened = open();
          const types = await opened.listTypes?.({ project: context.project() });
          const typeId = types?.find(({ name }) => name === typeName)?.id ?? null;
          const form = await method(opened, "getForm")({ project: context.project(), typeId });
          expect(form.fields.find(({ id }) => id === fieldId)).toMatchObject({
            kind: "unsupported",
            name: expect.stringMatching(/./),
          });
        });
      }
    });

    offering(context, ["listStates"], () => {
      it("[E5] names the states that issues can have, open and done among them", async () => {
        const { typeId, project } = await context.input();
        const states = await method(open(), "listStates")({ project, typeId });
        expect(states.map(({ category }) => category)).toEqual(expect.arrayContaining(["open", "done"]));
      });
    });

    offering(context, ["listLabels"], () => {
      it("[G2] labels are found by what is typed", async () => {
        const [first] = context.labels();
        const labels = method(open(), "listLabels");
        const found = await allOf((cursor) => labels({ project: context.project(), query: first.slice(0, 3), cursor }));
        expect(found.items).toContain(first);
        const none = await allOf((cursor) => labels({ project: context.project(), query: "zzz none", cursor }));
        expect(none.items).toEqual([]);
      });
    });
  });

  describe("lists of thousands", () => {
    let large: ContractSandbox;
    let project: ProjectRef;
    beforeAll(async () => {
      large = await setup.start(size);
      await context.discover(large);
      project = await open({ sandbox: large }).getProject({ key: setup.project });
    }, 120_000);
    afterAll(async () => {
      expect(large.violations() ?? []).toEqual([]);
      await large.close();
    });
    const atLarge = () => open({ sandbox: large });

    it("[E2] of 5,000 projects none is left out and none comes twice, over many pages", async () => {
      const opened = atLarge();
      const { items, pages } = await allOf((cursor) => opened.listProjects({ cursor }));
      expect(items.length).toBeGreaterThanOrEqual(size.extraProjects);
      expect(new Set(items.map(({ remoteId }) => remoteId)).size).toBe(items.length);
      expect(pages).toBeGreaterThan(1);
    }, 60_000);

    it("[E2] of 5,000 projects the last is found by what is typed", async () => {
      const { items: all } = await allOf((cursor) => atLarge().listProjects({ cursor }));
      const last = present(
        all.findLast(({ key, name }) => /\d$/.test(key) || /\d$/.test(name)),
        "extra project",
      );
      const { items } = await allOf((cursor) => atLarge().listProjects({ query: last.name, cursor }));
      expect(items.map(({ remoteId }) => remoteId)).toContain(last.remoteId);
      expect(items.length).toBeLessThan(200);
    }, 60_000);

    offering(context, ["listUsers"], () => {
      it("[G4] of 2,000 people none is left out and none comes twice, and each is found by what is typed", async () => {
        const users = method(atLarge(), "listUsers");
        const { items, pages } = await allOf((cursor) => users({ project, cursor }));
        expect(items.length).toBeGreaterThanOrEqual(size.extraUsers);
        expect(new Set(items.map(({ remoteId }) => remoteId)).size).toBe(items.length);
        expect(pages).toBeGreaterThan(1);
        const last = present(
          items.findLast(({ name, login }) => /\d$/.test(name) || /\d$/.test(login ?? "")),
          "extra user",
        );
        const found = await allOf((cursor) => users({ project, query: last.login ?? last.name, cursor }));
        expect(found.items.map(({ remoteId }) => remoteId)).toContain(last.remoteId);
      }, 60_000);
    });

    offering(context, ["getForm", "searchOptions"], () => {
      it("[G2] a field of people asks the tracker for what is typed", async () => {
        const opened = atLarge();
        const forms = await formsWithType(opened, project);
        const field = forms.flatMap(({ typeId, form }) =>
          form.fields.flatMap((one) => (one.isSearched && /^users?$/.test(one.kind) ? { typeId, field: one } : [])),
        )[0];
        const asked = present(field, "searched field of people");
        const options = method(opened, "searchOptions");
        const search = (query: string) => options({ project, ...asked, query });
        const some = await search("");
        const wanted = present(some.items.at(-1), "person");
        const found = await search(wanted.name);
        expect(found.items.map(({ id }) => id)).toContain(wanted.id);
        expect((await search("zzz nobody is called so")).items).toEqual([]);
      }, 30_000);
    });

    const { largeForm } = setup;
    if (largeForm) {
      it("[G2] of 300 fields none is left out", async () => {
        const opened = atLarge();
        const into = await opened.getProject({ key: largeForm.project });
        const types = (await opened.listTypes?.({ project: into })) ?? [];
        const typeId = present(
          types.find(({ name }) => name === largeForm.typeName),
          "type",
        ).id;
        const { fields } = await method(opened, "getForm")({ project: into, typeId });
        expect(fields.length).toBeGreaterThanOrEqual(size.extraFields);
        expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
      }, 30_000);
    }
  });
}

async function formsWithType(opened: OpenTracker, project: ProjectRef) {
  const types = (await opened.listTypes?.({ project })) ?? [];
  const ids = types.length > 0 ? types.map(({ id }) => id) : [null];
  return Promise.all(
    ids.map(async (typeId) => ({ typeId, form: await method(opened, "getForm")({ project, typeId }) })),
  );
}

const formsOf = async (opened: OpenTracker, project: ProjectRef) =>
  (await formsWithType(opened, project)).map(({ form }) => form);
