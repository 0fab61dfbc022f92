import { describe, expect, it } from "vitest";
import { specsDir } from "@/e2e/vitest/external";
import { faces, useJira } from "./testing";

describe.each(faces)("the official description of Jira (%s)", (face) => {
  const use = useJira(face);
  const noticed = async (act: () => Promise<unknown>) => {
    specsDir(face === "cloud" ? "jira-cloud-v3.json" : "jira-dc-10.3.json");
    await act();
    const found = [...(use.jira().violations() ?? [])];
    await use.jira().reset();
    return found;
  };

  it("[K9] what does not fit it is noticed: paths, parameters and bodies", async () => {
    const prefix = use.isCloud ? "" : "/jira";
    expect(await noticed(() => use.send("GET", "/dashboard"))).toEqual([
      `GET ${prefix}${use.api}/dashboard: not in the description`,
    ]);
    const [parameter] = await noticed(() => use.send("GET", "/issue/PAY-2?nonsense=1"));
    expect(parameter).toMatch(/^GET .*\/issue\/PAY-2: no parameter "nonsense" in the description$/);
    const [body] = await noticed(() => use.send("POST", "/issue", { fields: [] }));
    expect(body).toMatch(/^POST .*\/issue request: \/fields must be object$/);
    const other = use.isCloud ? "/search?jql=project%3DPAY" : "/search/jql?jql=project%3DPAY";
    const [gone] = await noticed(() => use.send("GET", other));
    expect(gone).toMatch(/not in the description$/);
  });

  it("[K9] what it leaves out is named, each with its reason", async () => {
    expect(use.jira().uncovered.every(({ why }) => why.length > 20)).toBe(true);
    expect(await noticed(() => use.atSite("GET", "/rest/webhooks/1.0/webhook"))).toEqual([]);
    expect(await noticed(() => use.atSite("GET", "/rest/agile/1.0/board/1/sprint?state=active,future"))).toEqual([]);
    expect(await noticed(() => use.atSite("GET", "/rest/api/1.0/labels/suggest?query=c"))).toEqual([]);
  });
});
