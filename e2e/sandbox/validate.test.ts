import { expect, it } from "vitest";
import { specsDir } from "@/e2e/vitest/external";
import { Validator } from "./validate";

const below = { prefix: /^.*?(?=\/_apis\/)/ };
const exchange = { method: "PATCH", path: "/acme/shop/_apis/wit/workItems/1", status: 200 };

it("[K9] a Swagger 2 description is checked too: body, answer, and a path that it does not know", () => {
  const spec = new Validator([specsDir("azure-devops-wit-7.2.json"), specsDir("azure-devops-core-7.1.json")], below);
  const patch = [{ op: "add", path: "/fields/System.Title", value: "x" }];
  spec.check({ ...exchange, requestBody: patch, responseBody: { id: 1, rev: 2, fields: { a: null } } });
  spec.check({
    ...exchange,
    method: "GET",
    path: "/acme/_apis/projects",
    requestBody: undefined,
    responseBody: { count: 0, value: [] },
  });
  expect(spec.violations).toEqual([]);
  expect([...spec.exercised]).toHaveLength(2);

  spec.check({ ...exchange, requestBody: { op: "add" }, responseBody: { id: "1" } });
  spec.check({ ...exchange, requestBody: patch, status: 418, responseBody: {} });
  spec.check({ ...exchange, method: "GET", path: "/acme/_apis/nowhere", requestBody: undefined, responseBody: {} });
  expect(spec.violations).toEqual([
    expect.stringContaining("request: / must be array"),
    expect.stringContaining("200: /id must be integer"),
    expect.stringContaining("status 418 is not in the description"),
    "GET /acme/_apis/nowhere: not in the description",
  ]);
});

it("[K9] what every refusal looks like is said once, where the description tells of none", () => {
  const refusal = { type: "object", required: ["message"] };
  const spec = new Validator(specsDir("azure-devops-wit-7.2.json"), { ...below, refusal });
  const patch = { ...exchange, requestBody: [], status: 412 };
  spec.check({ ...patch, responseBody: { message: "no" } });
  expect(spec.violations).toEqual([]);
  spec.check({ ...patch, responseBody: "no" });
  expect(spec.violations).toHaveLength(1);
});
