import { describe, it } from "vitest";
import { conformanceServer } from "@/e2e/vitest/external";
import { becomeClientOf } from "./client-of";

const at = conformanceServer();
if (at) {
  becomeClientOf(at);
  // Only now: these read the environment.
  const { sandbox } = await import("@/e2e/vitest/sandbox");
  const { conformance } = await import("./conformance");
  const { server } = await import("./server");
  describe(`the Inngest server at ${at.url}`, () => conformance(server(), { sandbox }));
} else {
  it("[K8] an Inngest server runs the same functions to the same end", () => void conformanceServer());
}
