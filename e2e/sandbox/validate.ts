import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { z } from "zod";
import { fromSwagger2 } from "./swagger2";

type Schema = Record<string, unknown>;
type Operation = { requestBody?: Schema; responses: Record<string, Schema> };
type Route = { pattern: RegExp; path: string; operations: Record<string, Operation> };
/** A description in the shape of OpenAPI 3, and the name that its references begin with. */
type Spec = { name: string; root: unknown; paths: Record<string, Record<string, Operation>> };

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
  /** Statuses that any operation may answer, beside those that every tracker has. */
  alsoStatus?: readonly number[];
  /** What every refusal looks like, where the description tells of none. */
  refusal?: object;
};

/** Every operation may answer these; not every one of them says so. */
const anyStatus = [301, 401, 403, 404, 410, 429];

/** Checks exchanges against a tracker's own OpenAPI 3 or Swagger 2 descriptions; what does not fit is collected. */
export class Validator {
  readonly violations: string[] = [];
  /** Operations that were seen, as "POST /repos/{owner}/{repo}/issues". */
  readonly exercised = new Set<string>();
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly compiled = new Map<object, ValidateFunction>();
  private readonly specs = new Map<string, unknown>();
  private readonly routes: Route[];

  constructor(
    files: string | readonly string[],
    private readonly options: ValidatorOptions = {},
  ) {
    addFormats.default(this.ajv);
    const specs = (typeof files === "string" ? [files] : files).map(readSpec);
    for (const { name, root } of specs) {
      this.specs.set(name, root);
      this.ajv.addSchema(root as object, name); // a description is an object
    }
    this.routes = specs
      .flatMap(({ paths }) => Object.entries(paths))
      .map(([path, operations]) => ({ path, operations, pattern: patternOf(this.below(path)) }))
      // The most literal route wins: /issues/comments before /issues/{issue_number}.
      .sort((a, b) => (a.path.match(/\{/g)?.length ?? 0) - (b.path.match(/\{/g)?.length ?? 0));
  }

  /** Without what stands in front; the description itself may have it too, as a placeholder. */
  private below(path: string): string {
    return this.options.prefix ? path.replace(this.options.prefix, "") : path;
  }

  check({ method, path, requestBody, status, responseBody }: Exchange): void {
    const { usual: rename, alsoStatus = [], refusal } = this.options;
    const usual = rename ? rename(this.below(path)) : this.below(path);
    const verb = method.toLowerCase();
    const route = this.routes.find(({ pattern, operations }) => operations[verb] && pattern.test(usual));
    const operation = route?.operations[verb];
    if (!route || !operation) {
      this.violations.push(`${method} ${path}: not in the description`);
      return;
    }
    const name = `${method} ${route.path}`;
    this.exercised.add(name);
    if (operation.requestBody) this.compare(`${name} request`, operation.requestBody, requestBody);

    const described = operation.responses[String(status)];
    const isRefusal = refusal !== undefined && status >= 400;
    if (!described && !isRefusal && !anyStatus.includes(status) && !alsoStatus.includes(status) && status < 500) {
      this.violations.push(`${name}: status ${status} is not in the description`);
    }
    if (described) this.compare(`${name} ${status}`, described, responseBody);
    else if (isRefusal) this.compareWith(`${name} ${status}`, refusal, responseBody);
  }

  private compare(what: string, holder: Schema, value: unknown): void {
    const { content } = mediaHolder.parse(typeof holder.$ref === "string" ? this.resolve(holder.$ref) : holder);
    const schema = content?.["application/json"]?.schema;
    if (schema) this.compareWith(what, schema, value);
  }

  private compareWith(what: string, schema: object, value: unknown): void {
    const validate = this.compiled.get(schema) ?? this.ajv.compile(schema);
    this.compiled.set(schema, validate);
    if (validate(value)) return;
    for (const error of (validate.errors ?? []).slice(0, 5)) {
      this.violations.push(`${what}: ${error.instancePath || "/"} ${error.message ?? "does not fit"}`);
    }
  }

  private resolve(reference: string): unknown {
    const [name = "", pointer = ""] = reference.split("#/");
    return pointer
      .split("/")
      .reduce<unknown>((node, step) => z.record(z.string(), z.unknown()).parse(node)[step], this.specs.get(name));
  }
}

/** Routes do not care about case everywhere, and one that does has no sibling that differs in it alone. */
const patternOf = (path: string) =>
  new RegExp(
    `^${path
      .split(/\{[^}]+\}/)
      .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("[^/]+")}$`,
    "i",
  );

function readSpec(file: string, index: number): Spec {
  // JSON without a reviver has no type; the descriptions are official and their shape known.
  const official = JSON.parse(readFileSync(file, "utf8")) as { swagger?: string; paths: Spec["paths"] };
  const name = `spec${index}`;
  const spec = official.swagger === "2.0" ? fromSwagger2(official) : official;
  const root = toJsonSchema(spec, name) as { paths: Spec["paths"] }; // only references and null were rewritten
  return { name, root, paths: root.paths };
}

/** OpenAPI 3.0's `nullable` as JSON Schema says it, and references made absolute. */
function toJsonSchema(node: unknown, name: string): unknown {
  if (Array.isArray(node)) return node.map((item) => toJsonSchema(item, name));
  if (typeof node !== "object" || node === null) return node;
  const { nullable, ...rest } = node as Schema; // neither null nor an array: a plain object of the description
  const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value, name)]));
  if (typeof plain.$ref === "string") plain.$ref = plain.$ref.replace(/^#/, `${name}#`);
  return nullable === true ? { anyOf: [plain, { type: "null" }] } : plain;
}
