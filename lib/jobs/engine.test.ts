import { expect, it } from "vitest";
import { newId } from "@/lib/db/ids";
import { dashboardUrl, runUrl } from "./engine";

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

const ulid = "01KAFGYS7D6T2MNZ9V5WTXHQ3R";
it.each([
  ["is one of a server", ulid, { INNGEST_BASE_URL: "http://inngest:8288" }, `http://inngest:8288/run?runID=${ulid}`],
  ["is one of Cloud", ulid, { INNGEST_EVENT_KEY: "k" }, `https://app.inngest.com/env/production/runs/${ulid}`],
  ["was run here before", newId(), { INNGEST_BASE_URL: "http://inngest:8288" }, null],
  ["is run here", newId(), {}, null],
])("[K3] where a job is shown that %s", (_, jobId, settings, expected) => {
  expect(runUrl(jobId, settings)).toBe(expected);
});
