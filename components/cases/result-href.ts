/** Where a result is shown. */
export const resultHref = (projectId: string, { runId, resultId }: { runId: string; resultId: string }): string =>
  `/projects/${projectId}/runs/${runId}?result=${resultId}`;

/** An environment by name; results of a run that names none have one all the same. */
export const environmentName = (name: string): string => name || "no environment";
