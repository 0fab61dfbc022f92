import { expect, it } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import { createTransport } from "@/lib/http/transport";
import { allOf } from "@/lib/trackers/contract/context";
import { azureDevops } from ".";
import { azureScene } from "./test-scene";

const { sandbox, webshop, open, created, stored } = azureScene();

it("[G3] what fails after a change was accepted is no refusal of it", async () => {
  const address = await created({ typeId: "Task", fields: [] });
  sandbox().faults.add({ method: "GET", path: "/states", mode: "status", status: 403, times: "always" });
  sandbox().faults.add({ method: "GET", path: "/projects/", mode: "status", status: 403, times: "always" });
  const away = { ...address, project: { ...address.project, key: "Called otherwise" } };
  const changed = open().updateIssue(away, { title: "Changed" });
  expect(await failureOf(changed)).toMatchObject({ kind: "tracker_forbidden", outcome: "unknown" });
  expect(stored(address.ref).fields["System.Title"]).toBe("Changed");
});

it("[I7] a registration of which a part is gone can still be removed", async () => {
  const project = webshop();
  const registered = await open().registerWebhook({ project, url: "https://faultline.test/hook", secret: "s" });
  const [first = "", second = ""] = registered.remoteId.split(",");
  await open().removeWebhook({ project, remoteId: first });
  await open().removeWebhook({ project, remoteId: `${first},${second}` });
  const [left] = await open().listWebhooks({ project });
  expect(left?.remoteId.split(",")).not.toContain(second);
  expect(await failureOf(open().removeWebhook({ project, remoteId: `${first},${second}` }))).toMatchObject({
    kind: "tracker_not_found",
  });
});

it("[I1] what is changed between the query and the look at what it found hides nothing", async () => {
  const project = webshop();
  const refs: string[] = [];
  const since = new Date(Date.now() - 1_000);
  for (let n = 0; n < 205; n++) refs.push((await created({ title: `One of many ${n}` })).ref);
  const { fetch: real } = createTransport({ policy: { allowPrivate: [new URL(sandbox().url).host] }, runId: "run" });
  const { authType: type, values } = sandbox().credentials.write;
  let isFirst = true;
  const tracker = azureDevops.open({
    ...{ baseUrl: azureDevops.baseUrlOf(sandbox().apiUrl), credential: { type, values }, settings: {} },
    async fetch(url, init) {
      const ids = new URL(String(url)).searchParams.get("ids");
      if (ids !== null && isFirst) {
        isFirst = false;
        // The last of the page.
        const ref = ids.split(",").at(-1) ?? "";
        await new Promise((resolve) => setTimeout(resolve, 5));
        await open().updateIssue({ project, ref }, { title: "Changed meanwhile" });
      }
      return real(url, init);
    },
  });
  const { items } = await allOf((cursor) => tracker.listChanged({ project, since, cursor }));
  expect(items.map(({ ref }) => ref)).toEqual(expect.arrayContaining(refs));
  const times = items.map(({ updatedAt }) => updatedAt.getTime());
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(items.filter(({ title }) => title === "Changed meanwhile")).toHaveLength(1);
}, 60_000);
