import { describe, expect, it } from "vitest";
import { allOf, type Context, method, offering } from "./context";

/** Searching: what is typed is data. */
export function searches(context: Context): void {
  const { open, input } = context;
  const search = async (query: string) => {
    const find = method(open(), "searchIssues");
    return (await allOf((cursor) => find({ projects: [context.project()], query, cursor }))).items;
  };

  offering(context, ["createIssue", "searchIssues"], () => {
    describe("search", () => {
      it("[H2] finds an issue by its title, by its key and by its number", async () => {
        const word = `Xylophone${process.pid}`;
        const { issue } = await method(open(), "createIssue")(await input({ title: `The ${word} is out of tune` }));
        for (const query of [word, word.toLowerCase(), issue.key, issue.ref]) {
          expect(
            (await search(query)).map(({ ref }) => ref),
            query,
          ).toContain(issue.ref);
        }
        expect(await search(`${word} trombone`)).toEqual([]);
      });

      it.each([
        "zzqx OR 1",
        'zzqx" OR "a',
        "zzqx' OR ''='",
        "zzqx\\",
        'zzqx\\" OR title ~ "a',
        "zzqx) OR (1=1",
        "zzqx is:open repo:acme/payments",
        "zzqx\nORDER BY key",
        "project = X OR key > 0 zzqx",
        "zzqx [System.Id] > 0 --",
        "zzqx%_*?~^!:[]{}",
        "-zzqx",
        "+zzqx && zzqx",
      ])("[H2] %j is words to look for, not a query", async (query) => {
        expect(await search(query)).toEqual([]);
      });

      it("[H2] looks only where it is told to", async () => {
        const found = await method(open(), "searchIssues")({ projects: [], query: "e" });
        expect(found.items).toEqual([]);
        const [first] = await context.sandbox().issues(context.setup.project);
        const items = await search(first?.title.split(" ")[0] ?? "");
        for (const { projectRemoteId } of items) expect(projectRemoteId).toBe(context.project().remoteId);
      });
    });
  });
}
