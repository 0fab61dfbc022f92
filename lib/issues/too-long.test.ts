import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { sandbox } from "@/e2e/vitest/sandbox";
import { codeBlock, doc, paragraph } from "@/lib/richtext/build";
import { showCreation } from "./show-creation";
import { type FreshScene, makeFreshScene, passTime, readCreation, start, work, workUntil } from "./test-scene";

let scene: FreshScene;
beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
});

const description = doc(paragraph("It fails."), codeBlock("    at Gateway.call (gateway.ts:88:3)\n".repeat(1_000)));
const error = {
  resource: "Issue",
  field: "body",
  code: "custom",
  message: "body is too long (maximum is 65536 characters)",
};
const refuse = (times: number | "always") =>
  sandbox.faults.add({
    ...{ method: "POST", path: "/issues$", mode: "status", status: 422, times },
    body: { message: "Validation Failed", errors: [error] },
  });

const sentBody = z.object({ body: z.string() });
const sentLengths = () => scene.posts().map(({ body }) => sentBody.parse(body).body.length);

describe("a text that the tracker finds too long although it is within the known limit", () => {
  it("[G5] [G3] is cut and sent again in the same creation, until it is taken", async () => {
    refuse(2);
    const id = await start(scene, { description });
    await work();
    const [first = 0, second = 0, third = 0, ...more] = sentLengths();
    expect(more).toEqual([]);
    expect(second).toBeLessThanOrEqual(first * 0.8);
    expect(second).toBeGreaterThan(first * 0.75);
    expect(third).toBeLessThanOrEqual(second * 0.8);
    expect(await scene.createdCount()).toBe(1);
    const { creation, issue } = await showCreation(scene.member, id);
    expect(creation).toMatchObject({ state: "created", warnings: [{ kind: "body_cut" }] });
    const made = (await sandbox.issues("acme/checkout")).find(({ number }) => `acme/checkout#${number}` === issue?.key);
    expect(made?.body).toContain("was cut here. [See the whole failure]");
    expect(made?.body).toContain(`/runs/${scene.run.runId}?result=`);
  });

  it("[G5] is cut three times at most, and then refused on its field", async () => {
    refuse("always");
    const id = await start(scene, { description });
    await work();
    expect(sentLengths()).toHaveLength(4);
    const { creation } = await showCreation(scene.member, id);
    expect(creation).toMatchObject({
      state: "failed",
      error: { kind: "tracker_text_too_long", fields: { description: expect.any(String) } },
    });
    expect(await scene.createdCount()).toBe(0);
  });

  it("[G5] [G3] what was refused is remembered: a job that begins anew begins with the shorter text", async () => {
    refuse(1);
    sandbox.faults.add({
      method: "POST",
      path: "/issues$",
      mode: "status",
      status: 429,
      headers: { "retry-after": "60" },
    });
    const id = await start(scene, { description });
    await workUntil(id, "held");
    await work();
    expect(await readCreation(id)).toMatchObject({ bodyCuts: 1, sentAt: null });
    await passTime(61_000);
    await work();
    const [, second, third, ...more] = sentLengths();
    expect(more).toEqual([]);
    expect(third).toBe(second);
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] [G5] a lost reply to the shorter one gives one issue, which says that it was cut", async () => {
    refuse(1);
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "drop-reply" });
    const id = await start(scene, { description });
    await work(30_000);
    expect(sentLengths()).toHaveLength(2);
    expect(await scene.createdCount()).toBe(1);
    const { creation } = await showCreation(scene.member, id);
    expect(creation).toMatchObject({ state: "created", warnings: [{ kind: "body_cut" }] });
  });

  it("[G5] an edited text is tried whole again", async () => {
    refuse("always");
    const id = await start(scene, { description, clientKey: "0197a000-0000-7000-8000-000000000001" });
    await work();
    sandbox.faults.clear();
    await start(scene, { description, title: "Another", clientKey: "0197a000-0000-7000-8000-000000000001" });
    await work();
    expect(sentLengths().at(-1)).toBe(sentLengths()[0]);
    expect((await readCreation(id)).state).toBe("created");
  });
});
