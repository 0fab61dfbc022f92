import { json } from "../front";

/** What the service throws; answered in the shape that all of its errors have. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly typeKey: string,
    readonly customProperties?: Record<string, unknown>,
  ) {
    super(message);
  }
}

export const failed = ({ status, message, typeKey, customProperties }: Failure, headers: Record<string, string> = {}) =>
  json(
    {
      $id: "1",
      ...(customProperties && { customProperties }),
      innerException: null,
      message,
      typeName: `Microsoft.TeamFoundation.${typeKey}, Microsoft.TeamFoundation`,
      typeKey,
      errorCode: 0,
      eventId: 3000,
    },
    status,
    headers,
  );

/** The shape, for the check of refusals: the descriptions tell of none. */
export const refusalSchema = {
  type: "object",
  required: ["message", "typeKey", "errorCode"],
  properties: { message: { type: "string" }, typeKey: { type: "string" }, errorCode: { type: "integer" } },
};

export const noItem = (id: number) =>
  new Failure(
    404,
    `TF401232: Work item ${id} does not exist, or you do not have permissions to read it.`,
    "WorkItemUnauthorizedAccessException",
  );

export const noProject = (name: string) =>
  new Failure(
    404,
    `TF200016: The following project does not exist: ${name}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.`,
    "ProjectDoesNotExistWithNameException",
  );

export type BrokenRule = { field: string; name: string; flags: string; said: string };

/** A value against the rules of its type. */
export function ruleFailure(broken: readonly BrokenRule[]): Failure {
  const errors = broken.map(({ field, name, flags, said }) => ({
    fieldReferenceName: field,
    fieldStatusFlags: flags,
    errorMessage: `TF401320: Rule Error for field ${name}. ${said}`,
    fieldStatusCode: 524289,
    ruleValidationErrors: null,
  }));
  const [first] = errors;
  return new Failure(400, first?.errorMessage ?? "TF401320: Rule Error.", "RuleValidationException", {
    FieldReferenceName: first?.fieldReferenceName ?? null,
    FieldStatusFlags: first?.fieldStatusFlags ?? null,
    ErrorMessage: first?.errorMessage ?? null,
    FieldStatusCode: 524289,
    RuleValidationErrors: errors,
  });
}
