import { z } from "zod";
import { OutboundError } from "@/lib/http/outcome";
import { theirNowOf } from "@/lib/http/retry-after";
import { hasMarker } from "@/lib/richtext/our-block-markdown";
import { limits } from "@/lib/trackers/limits";
import type { CreateWarning, OpenTracker, ProjectRef, Site, Tracker } from "@/lib/trackers/tracker";
import { baseUrlOf, issueUrl, newIssueUrl, parseIssueRef, repoOf } from "./address";
import { githubClient, read } from "./client";
import { nextPageOf, projectKeyOf, scopes, toIssue, toProbe, toProject } from "./map";
import { rate } from "./rate";
import { type WireIssue, wireIssue, wireRepo, wireUser } from "./wire";

// Our clock and GitHub's differ, and the filter works on its clock.
const clockMarginMs = 10 * 60_000;
// Whoever outwaits a creating call outwaits one: a second one follows only if it ends hardly later.
const movedWithinMs = 5_000;
const pageSize = 100;
const maxPages = 10;

/** GitHub.com, GitHub Enterprise Cloud with data residency, and Enterprise Server. */
export const github = {
  label: "GitHub",
  projectNoun: "repository",
  // GitHub ends a request that it has worked on for 10 s: https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
  settleMs: 12_000,
  // In a comment of the text. The list of issues, unlike the search, shows a new one at once.
  marker: { indexDelayMs: 0, provesAbsence: true },
  rate,
  bodyFormat: "gfm",
  limits: limits.github,
  location: {
    label: "Address",
    placeholder: "https://github.com",
    help: "github.com, or the address of your Enterprise Server.",
    default: "https://github.com",
  },
  auth: [
    {
      id: "pat",
      label: "Personal access token",
      fields: [{ name: "token", label: "Token", placeholder: "github_pat_… or ghp_…", isSecret: true }],
      help: {
        text: "Fine-grained: Issues read and write, Metadata read. Classic: the scope repo.",
        url: "https://docs.github.com/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens",
      },
      scopes: scopes.map(({ name, neededFor }) => ({ name, neededFor })),
    },
  ],

  baseUrlOf,
  parseIssueRef,
  issueUrl,
  newIssueUrl,
  open,
} satisfies Tracker;

function open(site: Site) {
  const octokit = githubClient(site);

  const getMe = () => read(wireUser, octokit.rest.users.getAuthenticated());

  async function getProject(ref: { key: string } | { remoteId: string }) {
    // The address by id is where GitHub itself redirects renamed repositories to.
    const call =
      "key" in ref
        ? octokit.rest.repos.get(repoOf(ref.key))
        : octokit.request("GET /repositories/{id}", { id: ref.remoteId });
    return toProject((await read(wireRepo, call)).data);
  }

  async function postIssue(project: ProjectRef, input: { title: string; body: string; labels: string[] }) {
    const { data } = await read(wireIssue, octokit.rest.issues.create({ ...repoOf(project.key), ...input }));
    return toIssue(data, project);
  }

  /** The issue with the marker that was created since: by the account; or by anyone, the oldest, as a copy comes later. */
  async function search(project: ProjectRef, marker: string, since: Date, creator?: string) {
    const query = {
      ...repoOf(project.key),
      ...(creator !== undefined && { creator }),
      state: "all",
      sort: "created",
      direction: "desc",
      since: since.toISOString().replace(/\.\d+Z$/, "Z"),
      per_page: pageSize,
    } as const;
    let found: WireIssue | undefined;
    for (let page = 1; page <= maxPages; page++) {
      const { data, headers } = await read(z.array(wireIssue), octokit.rest.issues.listForRepo({ ...query, page }));
      found = data.findLast((issue) => !issue.pull_request && hasMarker(issue.body ?? "", marker)) ?? found;
      if (found && creator !== undefined) break;
      const isPast = Date.parse(data.at(-1)?.created_at ?? "") < since.getTime();
      if (isPast || !nextPageOf(headers.get("link"))) return found ? toIssue(found, project) : null;
    }
    if (found) return toIssue(found, project);
    throw new OutboundError("tracker_unreadable", "There are too many new issues to look through.", {
      outcome: "unknown",
    });
  }

  return {
    async probe() {
      const { data, headers } = await getMe();
      return toProbe(data, headers, Date.now());
    },

    async listProjects({ query, cursor }) {
      const { data, headers } = await read(
        z.array(wireRepo),
        octokit.rest.repos.listForAuthenticatedUser({
          sort: "pushed",
          per_page: pageSize,
          page: cursor ? Number(cursor) : 1,
        }),
      );
      const wanted = query?.trim().toLowerCase() ?? "";
      const items = data.filter((repo) => repo.full_name.toLowerCase().includes(wanted)).map(toProject);
      return { items, next: nextPageOf(headers.get("link")) };
    },

    getProject,

    async getIssue({ project, ref }) {
      const { data } = await read(
        wireIssue,
        octokit.rest.issues.get({ ...repoOf(project.key), issue_number: numberOf(ref) }),
      );
      if (data.pull_request) {
        throw new OutboundError("tracker_not_found", `#${ref} is a pull request.`, { outcome: "refused" });
      }
      // A transferred issue answers from the repository that it lives in now.
      const key = projectKeyOf(data);
      const home = key.toLowerCase() === project.key.toLowerCase() ? project : await getProject({ key });
      return toIssue(data, home);
    },

    async createIssue({ project, title, body, labels }) {
      const { titleChars } = limits.github;
      if ([...title].length > titleChars) {
        const message = `The title has more than ${titleChars} characters.`;
        throw new OutboundError("invalid_input", message, { outcome: "refused", fields: { title: message } });
      }
      const input = { title, body, labels: [...labels] };
      const warnings: CreateWarning[] = [];
      const begunAt = performance.now();

      const issue = await postIssue(project, input).catch(async (error: unknown) => {
        // A redirected POST did nothing; the repository's id leads to the name that it has now.
        const isMoved =
          error instanceof OutboundError && error.status !== undefined && Math.floor(error.status / 100) === 3;
        if (!isMoved) throw error;
        const moved = await getProject({ remoteId: project.remoteId });
        if (moved.key === project.key || performance.now() - begunAt > movedWithinMs) throw error;
        warnings.push({ kind: "project_renamed", message: `${project.key} is now called ${moved.key}.` });
        return postIssue(moved, input);
      });

      return { issue, warnings };
    },

    async findByMarker({ project, marker, since }) {
      const { data: me, headers } = await getMe();
      const from = inTheirTime(since, headers);
      // Another account's credential may have been entered since, so that whose issue it is proves nothing.
      return (await search(project, marker, from, me.login)) ?? (await search(project, marker, from));
    },
  } satisfies OpenTracker;
}

/** An issue's number; throws for a text that is none, before it can bend a path. */
function numberOf(ref: string): number {
  if (/^[1-9]\d{0,9}$/.test(ref)) return Number(ref);
  throw new OutboundError("tracker_not_found", `"${ref}" is no issue's number.`, { outcome: "refused" });
}

/** A moment of ours by the clock of whoever answered, with a margin. Had our clock been ahead and been put back, from now. */
function inTheirTime(moment: Date, headers: Headers): Date {
  const theirNow = theirNowOf(headers);
  const theirs = moment.getTime() + Math.min(0, theirNow - Date.now());
  return new Date(Math.min(theirs, theirNow) - clockMarginMs);
}
