import { describe, expect, it } from "vitest";
import type { IssueAddress } from "../tracker";
import { type Context, method, offering } from "./context";

/** Files and links beside an issue. */
export function files(context: Context): void {
  const { open, input } = context;
  const file = {
    name: "log ünïcode 🙂.txt",
    mediaType: "text/plain",
    blob: new Blob(["Error: no\n".repeat(50_000)], { type: "text/plain" }),
  };
  const created = async (): Promise<IssueAddress> => {
    const { issue } = await method(open(), "createIssue")(await input());
    return { project: context.project(), ref: issue.ref };
  };

  offering(context, ["createIssue", "attachFile"], () => {
    it("[G8] a file is put beside the issue", async () => {
      const sent = await method(open(), "attachFile")(await created(), file);
      expect(new URL(sent.url).protocol).toMatch(/^https?:$/);
      expect(sent.remoteId).toMatch(/./);
    });
  });

  offering(context, ["uploadFile"], () => {
    it("[G8] a file is kept in the project, and a text can show it", async () => {
      const sent = await method(open(), "uploadFile")(context.project(), file);
      expect(new URL(sent.url).protocol).toMatch(/^https?:$/);
      expect(sent.inText).toMatch(/./);
    });
  });

  offering(context, ["createIssue", "linkBack"], () => {
    describe("link back", () => {
      it("[G7] the same link again is no failure", async () => {
        const address = await created();
        const link = { id: "result-1", url: "https://faultline.example/results/1", title: "Failed: pay" };
        await method(open(), "linkBack")(address, link);
        await method(open(), "linkBack")(address, { ...link, title: "Failed again: pay" });
        expect(await open().getIssue(address)).toMatchObject({ ref: address.ref });
      });
    });
  });
}
