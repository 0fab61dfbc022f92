import { expect, it } from "vitest";
import { OutboundError } from "@/lib/http/outcome";
import { afterWrite, beforeWrite } from "./around-write";

const details = { status: 500, fields: { title: "is odd" }, retryAt: new Date(0) };
const failed = (outcome: "refused" | "unknown") =>
  Promise.reject(new OutboundError("tracker_failed", "It failed.", { outcome, ...details }));

it("[G3] a question before the write leaves no doubt, one after it always does", async () => {
  const same = { kind: "tracker_failed", message: "It failed.", ...details };
  await expect(beforeWrite(failed("unknown"))).rejects.toMatchObject({ ...same, outcome: "refused" });
  await expect(afterWrite(failed("refused"))).rejects.toMatchObject({ ...same, outcome: "unknown" });
  await expect(beforeWrite(Promise.reject(new TypeError("x")))).rejects.toThrow(TypeError);
  await expect(afterWrite(Promise.resolve(1))).resolves.toBe(1);
});
