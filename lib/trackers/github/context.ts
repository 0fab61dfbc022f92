import { OutboundError } from "@/lib/http/outcome";
import { remoteNumber } from "@/lib/trackers/remote-number";
import type { ProjectRef, RemoteProject, Site } from "@/lib/trackers/tracker";
import { repoOf } from "./address";
import { type GithubClient, githubClient, read } from "./client";
import { toProject } from "./map";
import { wireRepo } from "./wire";

/** What the methods of an opened GitHub share. */
export type Context = {
  site: Site;
  octokit: GithubClient;
  getProject(ref: { key: string } | { remoteId: string }): Promise<RemoteProject>;
  /** The project that an answer names, which after a rename or a transfer is not the one that was asked for. */
  homeOf(key: string, known: readonly ProjectRef[]): Promise<ProjectRef>;
};

export const pageSize = 100;

export function createContext(site: Site): Context {
  const octokit = githubClient(site);

  async function getProject(ref: { key: string } | { remoteId: string }) {
    // The address by id is where GitHub itself redirects renamed repositories to.
    const call =
      "key" in ref
        ? octokit.rest.repos.get(repoOf(ref.key))
        : octokit.request("GET /repositories/{id}", { id: ref.remoteId });
    return toProject((await read(wireRepo, call)).data);
  }

  return {
    site,
    octokit,
    getProject,
    homeOf: async (key, known) =>
      known.find((project) => project.key.toLowerCase() === key.toLowerCase()) ?? getProject({ key }),
  };
}

export const numberOf = (ref: string): number => remoteNumber(ref, "issue");

/** The page that a cursor names; the first without one. */
export const pageOf = (cursor: string | null | undefined): number =>
  cursor && /^\d{1,6}$/.test(cursor) ? Number(cursor) : 1;

export const isNotFound = (error: unknown): error is OutboundError =>
  error instanceof OutboundError && error.kind === "tracker_not_found";

/** GitHub's moments are whole seconds. */
export const seconds = (moment: Date): string => moment.toISOString().replace(/\.\d+Z$/, "Z");
