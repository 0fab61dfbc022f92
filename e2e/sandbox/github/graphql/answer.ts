import { z } from "zod";
import type { Answer } from "../../faults";
import type { ApiContext } from "../api";
import type { Identity } from "../seed";
import { type Operation, parseOperation, type Selection, type Value } from "./parse";
import { GraphqlRefusal, rootOf } from "./resolve";

const request = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

const reply = (body: object): Answer => ({
  status: 200,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify(body),
});
const failed = (type: string | undefined, message: string, path: string[] = []) =>
  reply({ data: null, errors: [{ ...(type && { type }), path, locations: [{ line: 1, column: 1 }], message }] });

/** GitHub's GraphQL: whatever goes wrong, the status is 200. */
export function answerGraphql({ upstream, baseUrl, graphql }: ApiContext, body: unknown, identity: Identity): Answer {
  const { data: asked } = request.safeParse(body);
  if (!asked) return failed(undefined, "A query attribute must be specified and must be a string.");
  const variables = asked.variables ?? {};
  let operation: Operation;
  try {
    operation = parseOperation(asked.query);
  } catch (error) {
    return failed(undefined, error instanceof Error ? error.message : "Parse error");
  }
  const wrong = graphql?.(operation, variables) ?? [];
  if (wrong.length > 0) return failed(undefined, wrong.join("; "));

  const root = rootOf(upstream.state(), baseUrl, identity);
  try {
    const data: Record<string, unknown> = {};
    for (const one of operation.selections) {
      if (one.kind === "field") data[one.alias] = resolve(root[operation.kind], one, variables);
    }
    return reply({ data });
  } catch (error) {
    if (!(error instanceof GraphqlRefusal)) throw error;
    const [first] = operation.selections;
    return failed(error.type, error.message, first?.kind === "field" ? [first.alias] : []);
  }
}

type Field = Extract<Selection, { kind: "field" }>;

function resolve(parent: Record<string, unknown>, field: Field, variables: Record<string, unknown>): unknown {
  const made = parent[field.name];
  const args = Object.fromEntries(Object.entries(field.args).map(([name, value]) => [name, plain(value, variables)]));
  return shaped(typeof made === "function" ? made(args) : made, field.selections, variables);
}

function shaped(value: unknown, selections: Selection[] | null, variables: Record<string, unknown>): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((one) => shaped(one, selections, variables));
  if (!selections || typeof value !== "object") return value;
  const object = value as Record<string, unknown>; // neither null nor an array: what resolve.ts made
  const result: Record<string, unknown> = {};
  for (const one of selections) {
    if (one.kind === "field") result[one.alias] = resolve(object, one, variables);
    else if (object.__typename === one.type) Object.assign(result, shaped(value, one.selections, variables));
  }
  return result;
}

function plain(value: Value, variables: Record<string, unknown>): unknown {
  switch (value.kind) {
    case "variable":
      return variables[value.name];
    case "list":
      return value.values.map((one) => plain(one, variables));
    case "object":
      return Object.fromEntries(Object.entries(value.fields).map(([name, one]) => [name, plain(one, variables)]));
    default:
      return value.value;
  }
}
