import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { z } from "zod";

type Schema = Record<string, unknown>;
type Operation = { requestBody?: Schema; responses: Record<string, Schema> };

const mediaHolder = z.object({
  content: z.record(z.string(), z.object({ schema: z.custom<object>().optional() })).optional(),
});

/** One exchange as the official description should see it. `path` has no query. */
export type Exchange = { method: string; path: string; requestBody: unknown; status: number; responseBody: unknown };

export type ValidatorOptions = {
  /** What stands in front of the description's paths here: a context path, an organisation. */
  prefix?: RegExp;
  /** A path under its usual name, where the tracker has several for one thing. */
  usual?: (path: string) => string;
};

/** Every operation may answer these; not every one of them says so. */
const anyStatus = [301, 401, 403, 404, 410, 429];

/** Checks exchanges against a tracker's own OpenAPI 3 description; what does not fit is collected. */
export class Validator {
  readonly violations: string[] = [];
  /** Operations that were seen, as "POST /repos/{owner}/{repo}/issues". */
  readonly exercised = new Set<string>();
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly compiled = new Map<object, ValidateFunction>();
  private readonly spec: unknown;
  private readonly routes: { pattern: RegExp; path: string; operations: Record<string, Operation> }[];

  constructor(
    file: string,
    private readonly options: ValidatorOptions = {},
  ) {
    addFormats.default(this.ajv);
    // JSON without a reviver has no type; the description is official and its shape known.
    const spec = toJsonSchema(JSON.parse(readFileSync(file, "utf8"))) as {
      paths: Record<string, Record<string, Operation>>;
    };
    this.spec = spec;
    this.ajv.addSchema(spec, "spec");
    this.routes = Object.entries(spec.paths)
      .map(([path, operations]) => ({
        path,
        operations,
        pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`),
      }))
      // The most literal route wins: /issues/comments before /issues/{issue_number}.
      .sort((a, b) => (a.path.match(/\{/g)?.length ?? 0) - (b.path.match(/\{/g)?.length ?? 0));
  }

  check({ method, path, requestBody, status, responseBody }: Exchange): void {
    const { prefix, usual: rename } = this.options;
    const below = prefix ? path.replace(prefix, "") : path;
    const usual = rename ? rename(below) : below;
    const route = this.routes.find(({ pattern }) => pattern.test(usual));
    const verb = method.toLowerCase();
    const operation = route?.operations[verb];
    if (!route || !operation) {
      this.violations.push(`${method} ${path}: not in the description`);
      return;
    }
    const name = `${method} ${route.path}`;
    this.exercised.add(name);
    if (operation.requestBody) this.compare(`${name} request`, operation.requestBody, requestBody);

    const described = operation.responses[String(status)];
    if (!described && !anyStatus.includes(status) && status < 500) {
      this.violations.push(`${name}: status ${status} is not in the description`);
    }
    if (described) this.compare(`${name} ${status}`, described, responseBody);
  }

  private compare(what: string, holder: Schema, value: unknown): void {
    const { content } = mediaHolder.parse(typeof holder.$ref === "string" ? this.resolve(holder.$ref) : holder);
    const schema = content?.["application/json"]?.schema;
    if (!schema) return;
    const validate = this.compiled.get(schema) ?? this.ajv.compile(schema);
    this.compiled.set(schema, validate);
    if (validate(value)) return;
    for (const error of (validate.errors ?? []).slice(0, 5)) {
      this.violations.push(`${what}: ${error.instancePath || "/"} ${error.message ?? "does not fit"}`);
    }
  }

  private resolve(reference: string): unknown {
    const steps = reference.replace(/^spec#\//, "").split("/");
    return steps.reduce<unknown>((node, step) => z.record(z.string(), z.unknown()).parse(node)[step], this.spec);
  }
}

/** OpenAPI 3.0's `nullable` as JSON Schema says it, and references made absolute. */
function toJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (typeof node !== "object" || node === null) return node;
  const { nullable, ...rest } = node as Schema; // neither null nor an array: a plain object of the description
  const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value)]));
  if (typeof plain.$ref === "string") plain.$ref = plain.$ref.replace(/^#/, "spec#");
  return nullable === true ? { anyOf: [plain, { type: "null" }] } : plain;
}
