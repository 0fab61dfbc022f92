import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IssueAddress } from "../tracker";
import type { RawDelivery } from "../webhook";
import { type Context, method, offering, present } from "./context";

const secret = "a webhook secret of 32 characters";

/** Being told of changes, and believing only what is proved. */
export function webhooks(context: Context): void {
  const { setup, open, input } = context;
  const proof = setup.tracker.webhook;
  if (!proof) return;

  offering(context, ["createIssue", "updateIssue", "registerWebhook", "removeWebhook"], () => {
    describe("webhooks", () => {
      let inbox: Awaited<ReturnType<typeof startInbox>>;
      beforeEach(async () => {
        inbox = await startInbox();
      });
      afterEach(() => inbox.close());

      const register = () => method(open(), "registerWebhook")({ project: context.project(), url: inbox.url, secret });
      /** Changes an issue and waits for what is told of it. */
      async function told(): Promise<{ address: IssueAddress; deliveries: RawDelivery[] }> {
        const { issue } = await method(open(), "createIssue")(await input());
        const address = { project: context.project(), ref: issue.ref };
        await method(open(), "updateIssue")(address, { title: `Changed ${issue.title}` });
        const deliveries = await inbox.wait((delivery) => proof?.parse(delivery)?.issue?.ref === issue.ref);
        return { address, deliveries };
      }

      it("[I7] is registered, listed and removed", async () => {
        const hook = await register();
        expect(hook).toMatchObject({ url: inbox.url, isActive: true });
        const list = async () =>
          (await open().listWebhooks?.({ project: context.project() }))?.map((one) => one.remoteId);
        expect((await list()) ?? [hook.remoteId]).toContain(hook.remoteId);
        await method(open(), "removeWebhook")({ project: context.project(), remoteId: hook.remoteId });
        expect((await list()) ?? []).not.toContain(hook.remoteId);
      });

      it("[I7] a change of an issue is told, with a proof that it comes from the tracker", async () => {
        await register();
        const { address, deliveries } = await told();
        const delivery = present(deliveries.at(-1), "delivery");
        expect(proof.verify(delivery, secret)).toBe(true);
        expect(proof.deliveryId(delivery)).toMatch(/^\S+$/);
        const hint = present(proof.parse(delivery), "hint");
        expect(hint).toMatchObject({ kind: "issue_changed", issue: { ref: address.ref } });
        expect(hint.issue?.remoteId).toBe((await open().getIssue(address)).remoteId);
        const ids = deliveries.map((one) => proof.deliveryId(one));
        expect(new Set(ids).size).toBe(ids.length);
      });

      it("[I7] what is not proved is not believed", async () => {
        await register();
        const delivery = present((await told()).deliveries.at(-1), "delivery");
        expect(proof.verify(delivery, "another secret of 32 characters!")).toBe(false);
        expect(proof.verify(delivery, "")).toBe(false);
        expect(proof.verify({ ...delivery, headers: {} }, secret)).toBe(false);
        expect(proof.verify({ headers: {}, body: delivery.body }, "")).toBe(false);
      });

      it("[I7] a body that cannot be read says nothing", () => {
        for (const text of ["", "<html>", "[]", "null", "{}", '{"issue":"x"}', "\u0000"]) {
          const hint = proof.parse({ headers: {}, body: new TextEncoder().encode(text) });
          expect(hint === null || hint.kind === "ignored").toBe(true);
        }
      });
    });
  });
}

/** A place for deliveries. */
async function startInbox() {
  const deliveries: RawDelivery[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
      deliveries.push({ headers: Object.fromEntries(headers), body: new Uint8Array(Buffer.concat(chunks)) });
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP

  return {
    url: `http://127.0.0.1:${port}/hook`,
    close: () => new Promise((resolve) => server.close(resolve)),
    /** The deliveries of this kind, once two have come or time is up: one of the creation, one of the change. */
    async wait(isWanted: (delivery: RawDelivery) => boolean): Promise<RawDelivery[]> {
      for (let tries = 0; tries < 60; tries++) {
        if (deliveries.filter(isWanted).length >= 2) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return deliveries.filter(isWanted);
    },
  };
}
