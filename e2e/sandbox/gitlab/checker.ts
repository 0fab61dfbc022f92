import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Checker } from "../front";
import { type Exchange, Validator } from "../validate";

const described = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z
          .array(
            z.object({
              name: z.string(),
              in: z.string(),
              schema: z.object({ enum: z.array(z.unknown()).optional() }).optional(),
            }),
          )
          .optional(),
      }),
    ),
  ),
});

/**
 * Any call may be answered so, by https://docs.gitlab.com/api/rest/troubleshooting/#status-codes, though the
 * description says it of few: what it says of a 404 holds for all of them.
 */
const usualRefusals = [400, 405, 409, 413, 422];

/** The shared check, and besides: the names and choices of query parameters, and files as what they are. */
export class GitlabChecker implements Checker {
  private readonly validator: Validator;
  private readonly routes: { pattern: RegExp; operations: z.output<typeof described>["paths"][string] }[];

  constructor(
    file: string,
    private readonly root: string,
  ) {
    const options = root === "" ? {} : { prefix: new RegExp(`^${root}(?=/api/)`) };
    this.validator = new Validator(file, options);
    const { paths } = described.parse(JSON.parse(readFileSync(file, "utf8")));
    this.routes = Object.entries(paths).map(([path, operations]) => ({
      pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`),
      operations,
    }));
  }

  get violations(): string[] {
    return this.validator.violations;
  }

  get exercised(): ReadonlySet<string> {
    return this.validator.exercised;
  }

  check({ status, requestBody, ...exchange }: Exchange): void {
    const isUpload = exchange.method === "POST" && exchange.path.endsWith("/uploads");
    // A multipart body is described by its parts.
    const body = isUpload && /name="file"/.test(String(requestBody)) ? { file: "" } : requestBody;
    // Of redirects to a project's number nothing is said; the shared check knows another one.
    const usual = status === 302 ? 301 : usualRefusals.includes(status) ? 404 : status;
    this.validator.check({ ...exchange, requestBody: body, status: usual });
  }

  /** What a call asks for in its address; the shared check sees no query. */
  checkQuery(method: string, url: URL): void {
    const path = url.pathname.slice(this.root.length);
    const operation = this.routes.find(({ pattern }) => pattern.test(path))?.operations[method.toLowerCase()];
    const known = operation?.parameters?.filter((one) => one.in === "query") ?? [];
    for (const [name, value] of url.searchParams) {
      const parameter = known.find((one) => one.name === name.replace(/\[\]$/, ""));
      const choices = parameter?.schema?.enum;
      if (!parameter) this.violations.push(`${method} ${path}: no query parameter ${name}`);
      else if (choices && !choices.map(String).includes(value))
        this.violations.push(`${method} ${path}: ${name} cannot be ${value}`);
    }
  }
}
