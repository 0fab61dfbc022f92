import { env } from "@/lib/env";

type Place = { projectId: string; runId: string; resultId?: string };

/** The page of a run, with one of its results open; the link back that an issue carries. */
export const resultUrl = ({ projectId, runId, resultId }: Place): string =>
  `${env().FAULTLINE_URL}/projects/${projectId}/runs/${runId}${resultId ? `?result=${resultId}` : ""}`;

/** The page of a run, with one of its problems open. */
export const groupUrl = ({ groupId, ...run }: Omit<Place, "resultId"> & { groupId: string }): string =>
  `${resultUrl(run)}?group=${groupId}`;

/** Where the state of a creation can be asked for. */
export const statusUrlOf = (creation: { projectId: string; id: string }): string =>
  `${env().FAULTLINE_URL}/api/projects/${creation.projectId}/creations/${creation.id}`;
