import { afterAll, describe, expect, it } from "vitest";
import { becomeClientOf } from "./client-of";
import { startStandIn } from "./stand-in";

// The way to a real server, as far as it can be gone without one.
const signingKey = `signkey-prod-${"5a".repeat(32)}`;
const standIn = await startStandIn(signingKey);
becomeClientOf({ url: standIn.url, eventKey: "stand-in", signingKey });

const { conformance } = await import("./conformance");
const { server } = await import("./server");
const { hurryCrons } = await import("./embedded");
const { tolerances } = await import("./engine");

afterAll(() => standIn.stop());
describe("a stand-in for an Inngest server", () => {
  conformance(server({ tolerances: tolerances.embedded, beginMinute: hurryCrons }));
  it("[K8] is told where the functions are", () => {
    expect(standIn.registered).toEqual([expect.stringMatching(/^http:\/\/localhost:\d+\/api\/inngest$/)]);
  });
});
