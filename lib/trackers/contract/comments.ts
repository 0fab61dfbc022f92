import { describe, expect, it } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import { doc, paragraph } from "@/lib/richtext/build";
import type { IssueAddress } from "../tracker";
import { allOf, type Context, method, offering } from "./context";

/** Comments by people and by us. */
export function comments(context: Context): void {
  const { open, input } = context;
  const body = (text: string) => context.render(doc(paragraph(text)), null);
  const created = async (): Promise<IssueAddress> => {
    const { issue } = await method(open(), "createIssue")(await input());
    return { project: context.project(), ref: issue.ref };
  };
  const list = async (address: IssueAddress, since?: Date) => {
    const page = method(open(), "listComments");
    return (await allOf((cursor) => page(address, { ...(since && { since }), cursor }))).items;
  };

  offering(context, ["createIssue", "listComments", "addComment"], () => {
    describe("comments", () => {
      it("[I4] a comment is written, and read with who wrote it", async () => {
        const address = await created();
        expect(await list(address)).toEqual([]);
        const comment = await method(open(), "addComment")(address, { body: body("Seen again 🙂."), marker: "c-1" });
        const [read, ...others] = await list(address);
        expect(others).toEqual([]);
        expect(read).toMatchObject({ remoteId: comment.remoteId, isInternal: false, author: expect.anything() });
        expect(read?.body).toContain("Seen again 🙂.");
      });

      it("[I4] all pages together hold all comments", async () => {
        const address = await created();
        const add = method(open(), "addComment");
        for (let i = 0; i < 105; i++) await add(address, { body: body(`Number ${i}.`), marker: `c-${i}` });
        const found = await list(address);
        expect(new Set(found.map(({ remoteId }) => remoteId)).size).toBe(105);
      }, 60_000);

      it("[I4] lists what has been written since", async () => {
        const address = await created();
        await method(open(), "addComment")(address, { body: body("Early."), marker: "c-1" });
        expect(await list(address, new Date(Date.now() - 5_000))).toHaveLength(1);
        expect(await list(address, new Date(Date.now() + 3_600_000))).toEqual([]);
      });

      it("[I4] nothing is written on what is not there", async () => {
        const address = { project: context.project(), ref: context.setup.absent.ref };
        const add = method(open(), "addComment")(address, { body: body("x"), marker: "c" });
        expect(await failureOf(add)).toMatchObject({ kind: "tracker_not_found", outcome: "refused" });
      });

      it("[G3] a comment whose answer is lost is unknown, and was sent once", async () => {
        const address = await created();
        const before = context.sandbox().calls().length;
        context.sandbox().faults.add({ method: "POST", mode: "drop-reply", path: "omment|note" });
        const add = method(open(), "addComment")(address, { body: body("Once."), marker: "c-1" });
        expect(await failureOf(add)).toMatchObject({ outcome: "unknown" });
        const writes = context
          .sandbox()
          .calls()
          .slice(before)
          .filter((call) => call.method === "POST");
        expect(writes).toHaveLength(1);
        context.sandbox().faults.clear();
        expect(await list(address)).toHaveLength(1);
      });

      offering(context, ["editComment"], () => {
        it("[I4] a comment is changed", async () => {
          const address = await created();
          const { remoteId } = await method(open(), "addComment")(address, { body: body("Before."), marker: "c-1" });
          const edited = await method(open(), "editComment")(address, { remoteId, body: body("After.") });
          expect(edited.remoteId).toBe(remoteId);
          expect((await list(address))[0]?.body).toContain("After.");
        });
      });

      offering(context, ["deleteComment"], () => {
        it("[I4] a comment is deleted", async () => {
          const address = await created();
          const { remoteId } = await method(open(), "addComment")(address, { body: body("Gone."), marker: "c-1" });
          await method(open(), "deleteComment")(address, { remoteId });
          expect(await list(address)).toEqual([]);
        });

        it.each([
          ["<form><input type=password></form>", "tracker_unauthorized"],
          ["<h1>Unicorn</h1>", "tracker_unreadable"],
        ])("[I4] the page %s does not say that a comment is gone", async (page, kind) => {
          const address = await created();
          const { remoteId } = await method(open(), "addComment")(address, { body: body("Stays."), marker: "c-1" });
          context.sandbox().faults.add({ method: "DELETE", mode: "html", status: 200, body: page });
          expect(await failureOf(method(open(), "deleteComment")(address, { remoteId }))).toMatchObject({ kind });
          expect(await list(address)).toHaveLength(1);
        });
      });
    });
  });
}
