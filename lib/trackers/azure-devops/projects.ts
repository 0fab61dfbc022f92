import { offsetOf } from "@/lib/trackers/offset";
import type { OpenTracker, ProjectRef, RemoteProject } from "@/lib/trackers/tracker";
import type { Client } from "./client";
import { toProject } from "./map";
import { wireProject, wireProjects } from "./wire";

const pageSize = 100;
const searchedAtOnce = 1_000;

export type Projects = ReturnType<typeof projects>;

/** Team projects. */
export function projects(client: Client) {
  async function getProject(ref: { key: string } | { remoteId: string }): Promise<RemoteProject> {
    const projectId = "key" in ref ? ref.key.trim() : ref.remoteId;
    const { data } = await client.call("projects", wireProject, { route: { projectId } });
    return toProject(data, client.baseUrl);
  }

  return {
    getProject,

    /** The server has no search: what is typed is looked for in larger pages. */
    async listProjects({ query = "", cursor }: Parameters<OpenTracker["listProjects"]>[0]) {
      const wanted = query.trim().toLowerCase();
      const [from, top] = [offsetOf(cursor), wanted ? searchedAtOnce : pageSize];
      const page = { stateFilter: "wellFormed", $top: top, $skip: from };
      const { data } = await client.call("projects", wireProjects, { query: page });
      const all = data.value.map((project) => toProject(project, client.baseUrl));
      return {
        items: all.filter(({ name }) => name.toLowerCase().includes(wanted)),
        next: data.value.length < top ? null : String(from + top),
      };
    },

    /** The project that a work item lives in: it names it, and names change. */
    async homeOf(name: string, near: readonly ProjectRef[]): Promise<ProjectRef> {
      const known = near.find(({ key }) => key.toLowerCase() === name.toLowerCase());
      return known ? { ...known, key: name } : getProject({ key: name });
    },
  };
}
