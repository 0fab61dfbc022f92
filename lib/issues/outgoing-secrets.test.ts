import { beforeEach, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { getCreationById } from "./creation/read";
import { fieldsToSend } from "./form/reporter-field";
import { linkBackOf } from "./link-back";
import { makeFreshScene, start } from "./test-scene";

const token = `ghp_${"a1".repeat(18)}`;
let id: string;
beforeEach(async () => {
  const scene = await makeFreshScene(sandbox);
  id = await start(scene);
  await prisma.testCase.update({
    where: { id: scene.results[0].caseId },
    data: { name: `signs in [token ${token}]` },
  });
});

it("[G5] the link back bears the test's name, without a secret that stands in it", async () => {
  const link = await linkBackOf(await getCreationById(id));
  expect(link?.title).toMatch(/^Faultline: signs in \[token /);
  expect(link?.title).not.toContain(token);
});

it("[G5] what is typed into the tracker's own fields is searched for secrets like the text", async () => {
  const field = { role: null, wire: null, name: "A field" };
  const choice = { id: token, name: "Staging" };
  const setFields = [
    { ...field, id: "environment", kind: "paragraph", value: `curl -H "authorization: token ${token}"` },
    { ...field, id: "customfield_1", kind: "text", value: `with ${token}` },
    { ...field, id: "customfield_2", kind: "select", value: choice },
    { ...field, id: "customfield_3", kind: "number", value: 7 },
  ];
  await prisma.issueCreation.update({ where: { id }, data: { setFields } });
  const [environment, text, ...others] = (await fieldsToSend(await getCreationById(id))).map(({ value }) => value);
  for (const value of [environment, text]) expect(value).not.toContain(token);
  expect(text).toMatch(/^with \[masked/);
  // What was chosen is the tracker's own.
  expect(others).toEqual([choice, 7]);
});
