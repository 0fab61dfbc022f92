type Plain = Record<string, unknown>;

/** A body in JSON, whatever the media type is called; files are bytes and are not looked into. */
const inJson = (schema: unknown) => ({ content: { "application/json": { schema } } });

/**
 * A Swagger 2 description with its bodies where OpenAPI 3 has them. Schemas stay, but for `object` without a word about
 * its properties: descriptions made from .NET say so for "any value".
 */
export function fromSwagger2<T extends { paths: unknown }>(spec: T): T & { paths: never } {
  const paths = mapValues(spec.paths, (operations) => mapValues(operations, toOperation));
  return anyObject({ ...spec, paths }) as T & { paths: never }; // the same, with its operations rewritten
}

function toOperation(operation: unknown, verb: string): unknown {
  if (verb === "parameters" || !isPlain(operation)) return operation;
  const { parameters, responses, consumes, ...rest } = operation;
  const body = (Array.isArray(parameters) ? parameters : []).filter(isPlain).find((one) => one.in === "body");
  const isJson = !Array.isArray(consumes) || consumes.some((type) => /[/+]json\b/.test(String(type)));
  return {
    ...rest,
    ...(body && isJson && { requestBody: inJson(body.schema) }),
    responses: mapValues(responses, (answer) =>
      isPlain(answer) && isJsonSchema(answer.schema) ? inJson(answer.schema) : {},
    ),
  };
}

/** An answer that is a file has the schema of its text. */
const isJsonSchema = (schema: unknown) => isPlain(schema) && schema.type !== "string" && schema.type !== "file";

function anyObject(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(anyObject);
  if (!isPlain(node)) return node;
  const { type, properties, additionalProperties, allOf, $ref, items, ...rest } = node;
  const isAny = type === "object" && !properties && additionalProperties === undefined && !allOf && !$ref && !items;
  return isAny ? rest : mapValues(node, anyObject);
}

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const mapValues = (value: unknown, map: (value: unknown, key: string) => unknown): Plain =>
  Object.fromEntries(isPlain(value) ? Object.entries(value).map(([key, one]) => [key, map(one, key)]) : []);
