import type { World } from "./call";
import type { Issue } from "./model";

/** What is really there, past every fault. */
export type TrueIssue = {
  id: string;
  ref: string;
  url: string;
  title: string;
  /** The text alone, as people read it. */
  body: string;
  labels: string[];
  state: string;
  type: string;
  fields: Record<string, unknown>;
  properties: Record<string, unknown>;
  links: Issue["links"];
  files: { name: string; size: number; bytes: Uint8Array }[];
  comments: { id: string; body: string }[];
};

/** Gives an issue another project and key; its old key goes on leading to it. */
export function move({ state }: World, ref: string, projectKey: string): string {
  const issue = state.issues.find(({ key }) => key === ref);
  const project = state.projects.find(({ key }) => key === projectKey);
  if (!issue || !project) throw new Error(`There is no ${ref} or no ${projectKey}.`);
  project.lastIssue += 1;
  issue.oldKeys.push(issue.key);
  issue.key = `${project.key}-${project.lastIssue}`;
  issue.projectId = project.id;
  issue.updatedMs = Math.max(Date.now(), issue.updatedMs + 1);
  return issue.key;
}

export function trueIssue(world: World, issue: Issue): TrueIssue {
  const { face, state, baseUrl } = world;
  return {
    id: issue.id,
    ref: issue.key,
    url: `${baseUrl}/browse/${issue.key}`,
    title: String(issue.values.summary),
    body: face.plainText(issue.values.description),
    labels: Array.isArray(issue.values.labels) ? issue.values.labels.map(String) : [],
    state: state.statuses.find(({ id }) => id === issue.statusId)?.name ?? "",
    type: state.types.find(({ id }) => id === issue.typeId)?.name ?? "",
    fields: issue.values,
    properties: issue.properties,
    links: issue.links,
    files: issue.files.map(({ name, bytes }) => ({ name, size: bytes.byteLength, bytes })),
    comments: issue.comments.map(({ id, body }) => ({ id, body: face.plainText(body) })),
  };
}
