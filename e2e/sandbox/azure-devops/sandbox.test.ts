import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { specsDir } from "@/e2e/vitest/external";
import { locationsOf } from "./locations";
import { allFields } from "./metadata";
import { seed } from "./seed";
import { parseQuery } from "./wiql";

it("[K9] the sandbox's routes are the ones that were recorded of the real one", () => {
  const recorded = z
    .object({ value: z.array(z.looseObject({ id: z.string() })) })
    .parse(JSON.parse(readFileSync(specsDir("azure-devops-resource-locations.json"), "utf8"))).value;
  for (const area of ["wit", "core", "hooks"]) {
    const { value, count } = locationsOf(area, false);
    expect(count).toBeGreaterThan(0);
    for (const location of value) expect(recorded).toContainEqual(location);
  }
  for (const { maxVersion } of locationsOf("wit", true).value) expect(maxVersion).toBe("6.0");
});

const state = seed({});
const known = new Set(allFields(state).map(({ ref }) => ref.toLowerCase()));
const run = (query: string, timePrecision = true) => {
  const { where } = parseQuery(query, {
    project: "Webshop",
    timePrecision,
    knowsField: (name) => known.has(name.toLowerCase()),
  });
  const row = ({ id, fields, project, type }: (typeof state.items)[number]) => ({
    id,
    get: (name: string) =>
      ({ ...fields, "System.Id": id, "System.TeamProject": project, "System.WorkItemType": type })[name],
  });
  return state.items
    .map(row)
    .filter(where)
    .map(({ id }) => id);
};
const where = (condition: string) =>
  run(`SELECT [System.Id] FROM WorkItems WHERE ${condition} ORDER BY [System.Id] DESC`);

it.each([
  ["[System.TeamProject] = @project", [1, 2, 3, 4]],
  ["[System.TeamProject] = @project AND [System.Id] <> 2", [1, 3, 4]],
  ["[System.TeamProject] IN ('Firmware', 'website')", [6, 7]],
  ["[System.Id] = 1 OR [System.Id] >= 6 AND [System.TeamProject] = 'Firmware'", [1, 6]],
  ["([System.Id] = 1 OR [System.Id] >= 6) AND [System.TeamProject] = 'Firmware'", [6]],
  ["[System.Tags] CONTAINS 'BUG'", [1, 3]],
  ["[System.Tags] CONTAINS 'team'", []],
  ["[System.Title] CONTAINS 'oupon'", [2]],
  ["[Microsoft.VSTS.TCM.ReproSteps] CONTAINS WORDS 'staging'", [1]],
  ["[Microsoft.VSTS.TCM.ReproSteps] CONTAINS WORDS 'stag'", []],
  ["[System.AreaPath] UNDER 'Webshop\\Checkout'", [1]],
  ["[System.ChangedDate] >= '2026-10-05T00:00:00Z'", [5, 6, 7]],
  ["[System.Title] = 'it''s'", []],
])("[K9] the query %s finds %j", (condition, ids) => {
  expect(where(condition)).toEqual(ids);
});

it.each([
  ["", "SELECT"],
  ["SELECT [System.Id] FROM WorkItems WHERE [System.Id] = 'it's'", "Unexpected"],
  ["SELECT [System.Id] FROM WorkItems WHERE [System.Id] = 1; DROP", "Unexpected"],
  ["SELECT [System.Id] FROM WorkItems WHERE [Custom.None] = 1", "TF51005"],
  ["SELECT [System.Id] FROM WorkItems WHERE ([System.Id] = 1", "Expecting )"],
])("[K9] the query %s is refused: %s", (query, said) => {
  expect(() => run(query)).toThrow(said);
});

it("[K9] a time without precision is refused, as the real one does", () => {
  const query = "SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] >= '2026-10-05T00:00:00Z'";
  expect(() => run(query, false)).toThrow("TF51023");
});
