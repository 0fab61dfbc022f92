import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Checker } from "../front";
import { type Exchange, Validator } from "../validate";

/** What no official description covers, with the reason why the sandbox has it nevertheless. */
export type Uncovered = { path: RegExp; why: string };

const described = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ name: z.string().optional(), in: z.string().optional() })).default([]),
      }),
    ),
  ),
});

/** Checks bodies and statuses by the description, and beyond that the parameters of the query. */
export class JiraChecker implements Checker {
  private readonly validator: Validator;
  private readonly parameters: { pattern: RegExp; method: string; names: string[] }[];

  constructor(
    file: string,
    private readonly options: {
      prefix: RegExp;
      uncovered: readonly Uncovered[];
      /** Parameters that the text of an operation describes and its list leaves out: "path?name". */
      prose?: RegExp;
      /** Where the official text is known to be wrong, what it means. */
      mend(exchange: Exchange): Exchange;
    },
  ) {
    this.validator = new Validator(file, { prefix: options.prefix });
    this.parameters = Object.entries(described.parse(JSON.parse(readFileSync(file, "utf8"))).paths)
      .flatMap(([path, operations]) =>
        Object.entries(operations).map(([method, { parameters }]) => ({
          pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`),
          method: method.toUpperCase(),
          names: parameters.flatMap((one) => (one.in === "query" && one.name ? [one.name] : [])),
          wildcards: path.split("{").length,
        })),
      )
      .sort((a, b) => a.wildcards - b.wildcards);
  }

  get violations(): string[] {
    return this.validator.violations;
  }

  get exercised(): ReadonlySet<string> {
    return this.validator.exercised;
  }

  check(exchange: Exchange): void {
    const below = exchange.path.replace(this.options.prefix, "");
    if (this.options.uncovered.some(({ path }) => path.test(below))) return;
    this.validator.check(this.options.mend(exchange));
  }

  /** The query of a call: a parameter that the operation does not have is one that does nothing. */
  checkQuery(method: string, path: string, query: URLSearchParams): void {
    const below = path.replace(this.options.prefix, "");
    if (this.options.uncovered.some((one) => one.path.test(below))) return;
    const operation = this.parameters.find((one) => one.method === method && one.pattern.test(below));
    const unknown = operation ? [...new Set(query.keys())].filter((name) => !operation.names.includes(name)) : [];
    const isProse = (name: string) => this.options.prose?.test(`${below}?${name}`) ?? false;
    for (const name of unknown.filter((one) => !isProse(one)))
      this.violations.push(`${method} ${below}: no parameter "${name}" in the description`);
  }
}

/** Nobody is assigned with null, as the text says; the schema knows only strings. */
export function unassigned({ method, path, requestBody }: Exchange): unknown {
  const isNobody = z
    .object({ accountId: z.null() })
    .or(z.object({ name: z.null() }))
    .safeParse(requestBody).success;
  return method === "PUT" && path.endsWith("/assignee") && isNobody ? {} : requestBody;
}
