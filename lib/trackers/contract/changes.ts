import { describe, expect, it } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import { doc, paragraph } from "@/lib/richtext/build";
import type { IssueAddress } from "../tracker";
import { allOf, type Context, method, offering, present } from "./context";

/** Changes write what they name and nothing else. */
export function changes(context: Context): void {
  const { open, input } = context;

  async function created(more: Parameters<typeof input>[0] = {}): Promise<IssueAddress> {
    const { issue } = await method(open(), "createIssue")(await input(more));
    return { project: context.project(), ref: issue.ref };
  }

  describe("changes", () => {
    offering(context, ["createIssue", "updateIssue", "getText"], () => {
      it("[I2] a new title leaves text, labels and state alone", async () => {
        const address = await created();
        const [before, text] = [await open().getIssue(address), await method(open(), "getText")(address)];
        const changed = await method(open(), "updateIssue")(address, { title: `Changed ${before.title}` });
        expect(changed.title).toBe(`Changed ${before.title}`);
        const { title, updatedAt, ...others } = await open().getIssue(address);
        expect(title).toBe(changed.title);
        expect(updatedAt.getTime()).toBeGreaterThanOrEqual(before.updatedAt.getTime());
        expect(before).toMatchObject(others);
        expect(await method(open(), "getText")(address)).toBe(text);
      });

      it("[I2] a new text leaves the title alone", async () => {
        const address = await created();
        const { title } = await open().getIssue(address);
        const body = context.render(doc(paragraph("Now it is otherwise.")), null);
        await method(open(), "updateIssue")(address, { body });
        expect((await open().getIssue(address)).title).toBe(title);
        expect(await method(open(), "getText")(address)).toContain("Now it is otherwise.");
      });
    });

    offering(context, ["createIssue", "updateIssue"], () => {
      it("[E7] labels are added and removed one by one, and others' labels stay", async () => {
        const [theirs, ours, alsoOurs] = context.labels();
        const address = await created({ labels: [theirs] });
        const update = method(open(), "updateIssue");
        const added = await update(address, { addLabels: [ours, alsoOurs] });
        expect(added.labels).toEqual(expect.arrayContaining([theirs, ours, alsoOurs]));
        const removed = await update(address, { removeLabels: [ours] });
        expect(removed.labels).toEqual(expect.arrayContaining([theirs, alsoOurs]));
        expect(removed.labels).not.toContain(ours);
        // Neither is a failure: what was asked for is so already.
        const again = await update(address, { addLabels: [alsoOurs], removeLabels: [ours] });
        expect(again.labels.filter((name) => name === alsoOurs)).toHaveLength(1);
      });

      it("[H1] a change of what is not there is not found", async () => {
        const address = { project: context.project(), ref: context.setup.absent.ref };
        const change = method(open(), "updateIssue")(address, { title: "x" });
        expect(await failureOf(change)).toMatchObject({ kind: "tracker_not_found", outcome: "refused" });
      });

      it("[G3] a change whose answer is lost is unknown", async () => {
        const address = await created();
        context.sandbox().faults.add({ mode: "status", status: 500, times: "always" });
        const change = method(open(), "updateIssue")(address, { title: "x" });
        expect(await failureOf(change)).toMatchObject({ kind: "tracker_failed" });
      });
    });

    offering(context, ["createIssue", "updateIssue", "listUsers"], () => {
      it("[G4] an issue is assigned and taken from everybody again", async () => {
        const address = await created();
        const { items } = await method(open(), "listUsers")({ project: context.project() });
        const user = present(
          items.find(({ isActive }) => isActive !== false),
          "active user",
        );
        const update = method(open(), "updateIssue");
        expect((await update(address, { assignee: user.remoteId })).assignee?.remoteId).toBe(user.remoteId);
        expect((await update(address, { assignee: null })).assignee).toBeNull();
      });
    });

    offering(context, ["createIssue", "listTransitions", "transition"], () => {
      it("[I4] an issue is closed and reopened by the ways that it offers", async () => {
        const address = await created();
        const go = async (isWanted: (category: string) => boolean) => {
          const ways = await method(open(), "listTransitions")(address);
          const way = present(
            ways.find(({ to, fields }) => isWanted(to.category) && fields.every((f) => !f.isRequired)),
            "way",
          );
          return method(open(), "transition")(address, { id: way.id, fields: [] });
        };
        expect((await go((category) => category === "done")).category).toBe("done");
        expect((await open().getIssue(address)).category).toBe("done");
        expect((await go((category) => category !== "done")).category).not.toBe("done");
        expect((await open().getIssue(address)).category).not.toBe("done");
      });

      it("[I4] a way that is not offered is refused", async () => {
        const address = await created();
        const error = await failureOf(method(open(), "transition")(address, { id: "99999", fields: [] }));
        expect(error.outcome).toBe("refused");
        expect(error.kind).toMatch(/^(tracker_refused|tracker_not_found|invalid_input)$/);
      });
    });

    offering(context, ["createIssue", "updateIssue", "listChanged"], () => {
      it("[I1] lists all that has changed, the oldest change first, and nothing older", async () => {
        const titles: string[] = [];
        const first = await created();
        for (let i = 0; i < 4; i++) titles.push((await open().getIssue(await created())).title);
        // Trackers keep seconds, some keep minutes.
        const since = new Date(Date.now() - 5_000);
        await method(open(), "updateIssue")(first, { title: "Changed last of all" });
        const changed = method(open(), "listChanged");
        const { items } = await allOf((cursor) => changed({ project: context.project(), since, cursor }));
        expect(items.map(({ title }) => title)).toEqual(expect.arrayContaining([...titles, "Changed last of all"]));
        const times = items.map(({ updatedAt }) => updatedAt.getTime());
        expect(times).toEqual([...times].sort((a, b) => a - b));
        const future = new Date(Date.now() + 3_600_000);
        expect((await changed({ project: context.project(), since: future })).items).toEqual([]);
      });

      it("[I1] lists more than a page of changes", async () => {
        const since = new Date(Date.now() - 5_000);
        const refs: string[] = [];
        const create = method(open(), "createIssue");
        const given = await input();
        for (let i = 0; i < 120; i++) {
          const { issue } = await create({ ...given, title: `One of many ${i}`, marker: `${given.marker}-${i}` });
          refs.push(issue.ref);
        }
        const changed = method(open(), "listChanged");
        const { items } = await allOf((cursor) => changed({ project: context.project(), since, cursor }));
        expect(items.map(({ ref }) => ref)).toEqual(expect.arrayContaining(refs));
      }, 60_000);
    });
  });
}
