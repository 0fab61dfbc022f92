import { expect, it } from "vitest";
import { dashboardUrl } from "./engine";

it.each([
  ["nothing is set", {}, null],
  ["the embedded executor is asked for", { FAULTLINE_INNGEST: "embedded", INNGEST_EVENT_KEY: "k" } as const, null],
  ["a server has an address", { INNGEST_BASE_URL: "http://inngest.internal:8288" }, "http://inngest.internal:8288"],
  ["Inngest Cloud is used", { INNGEST_EVENT_KEY: "k" }, "https://app.inngest.com"],
  ["the development server is used", { INNGEST_DEV: "1" }, "http://localhost:8288"],
  ["it has an address", { INNGEST_DEV: "http://127.0.0.1:9999" }, "http://127.0.0.1:9999"],
  ["it is switched off", { INNGEST_DEV: "0", INNGEST_EVENT_KEY: "k" }, "https://app.inngest.com"],
])("[K3] where the jobs are shown when %s", (_, settings, expected) => {
  expect(dashboardUrl(settings)).toBe(expected);
});
