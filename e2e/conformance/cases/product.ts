import { expect, it } from "vitest";
import type { Sandbox } from "@/e2e/sandbox/sandbox";
import { prisma } from "@/lib/db/client";
import { makeScene, readCreation, start } from "@/lib/issues/test-scene";
import type { Kit } from "../kit";

/** What the product itself runs, seen from its own tables and from the tracker. */
export function product(kit: Kit, sandbox: Sandbox): void {
  it.concurrent("[K8] [G3] creates the issue that somebody asked for, once, and links it", async () => {
    const scene = await makeScene(sandbox.github);
    const count = async () => (await sandbox.issues("acme/checkout")).length;
    const before = await count();
    const stopRelay = await kit.engine.relay();
    try {
      const id = await start(scene);
      await kit.untilTrue(async () => (await readCreation(id)).state === "created", "the issue");
      await kit.untilTrue(async () => (await prisma.issueLink.count()) === 1, "the link");
      await kit.atRest("sentinel");
      expect((await count()) - before).toBe(1);
    } finally {
      await stopRelay();
    }
  });
}
