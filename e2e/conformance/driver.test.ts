import { afterAll, describe, expect, it } from "vitest";
import { becomeClientOf } from "./client-of";
import { startStandIn } from "./stand-in";

// The way to a real server, as far as it can be gone without one.
const signingKey = `signkey-prod-${"5a".repeat(32)}`;
const standIn = await startStandIn(signingKey);
becomeClientOf({ url: standIn.url, eventKey: "stand-in", signingKey });

// Only now: these read the environment.
const { sandbox } = await import("@/e2e/vitest/sandbox");
const { conformance } = await import("./conformance");
const { server } = await import("./server");
const { cancelRuns, hurryCrons } = await import("./embedded");
const { tolerances } = await import("./engine");

afterAll(() => standIn.stop());
describe("a stand-in for an Inngest server", () => {
  // Behind it stands an executor that reads the outbox by itself: relayed events would come back into it.
  const relay = async () => async () => {};
  const ways = { tolerances: tolerances.embedded, beginMinute: hurryCrons, cancel: cancelRuns, relay };
  conformance(server(ways), { sandbox });
  it("[K8] is told where the functions are", () => {
    expect(standIn.registered).toEqual([expect.stringMatching(/^http:\/\/localhost:\d+\/api\/inngest$/)]);
  });
});
