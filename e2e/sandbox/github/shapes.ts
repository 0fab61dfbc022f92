import { org } from "./seed";
import type { Comment, Delivery, Hook, Issue, IssueType, Label, Milestone, Repo, State, User } from "./state";

const node = (kind: string, id: number) => `${kind}_${Buffer.from(`${kind}:${id}`).toString("base64url")}`;
/** The node id of an issue, as GraphQL knows it. */
export const issueNode = (id: number) => node("I", id);

const emptyReactions = (url: string) => ({
  url: `${url}/reactions`,
  ...{ total_count: 0, "+1": 0, "-1": 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 },
});

/** GitHub's own shapes of what the state holds: what its description asks for, no more. */
export function shapesOf(state: State, base: string) {
  const urlOf = (repo: Repo) => `${base}/repos/${org}/${repo.name}`;
  const repoOf = (id: number) => must(state.repos.find((repo) => repo.id === id));
  const userOf = (login: string) => must(state.users.find((one) => one.login === login));

  const user = ({ id, login, type }: User) => {
    const url = `${base}/users/${login}`;
    return {
      login,
      id,
      node_id: node("U", id),
      avatar_url: `${base}/avatars/${id}`,
      gravatar_id: "",
      url,
      html_url: `${base}/${login}`,
      followers_url: `${url}/followers`,
      following_url: `${url}/following{/other_user}`,
      gists_url: `${url}/gists{/gist_id}`,
      starred_url: `${url}/starred{/owner}{/repo}`,
      subscriptions_url: `${url}/subscriptions`,
      organizations_url: `${url}/orgs`,
      repos_url: `${url}/repos`,
      events_url: `${url}/events{/privacy}`,
      received_events_url: `${url}/received_events`,
      type,
      site_admin: false,
    };
  };
  const simple = (login: string) => user(userOf(login));

  const me = (one: User) => ({
    ...user(one),
    name: one.name,
    ...{ company: null, blog: "", location: null, email: null, hireable: null, bio: null },
    ...{ public_repos: 2, public_gists: 0, followers: 0, following: 0, private_gists: 0, total_private_repos: 2 },
    ...{ owned_private_repos: 2, disk_usage: 0, collaborators: 0, two_factor_authentication: true },
    created_at: "2024-01-01T00:00:00Z",
    updated_at: "2024-01-01T00:00:00Z",
  });

  const repo = (one: Repo, canPush: boolean) => {
    const url = urlOf(one);
    const open = state.issues.filter(({ repoId, state: now }) => repoId === one.id && now === "open").length;
    const html = `${base}/${org}/${one.name}`;
    const visibility = one.private ? "private" : "public";
    return {
      id: one.id,
      node_id: node("R", one.id),
      name: one.name,
      full_name: `${org}/${one.name}`,
      owner: simple(org),
      private: one.private,
      visibility,
      html_url: html,
      description: one.description,
      fork: false,
      url,
      ...Object.fromEntries(repoUrls.map(([name, path]) => [name, url + path])),
      ...{ git_url: `git:${html}.git`, ssh_url: `git@${org}/${one.name}.git`, clone_url: `${html}.git`, svn_url: html },
      ...{ homepage: null, language: null, mirror_url: null, license: null, default_branch: "main", size: 1 },
      ...{ forks: 0, forks_count: 0, stargazers_count: 0, watchers: 0, watchers_count: 0 },
      ...{ open_issues: open, open_issues_count: open, network_count: 0, subscribers_count: 0 },
      ...{ has_projects: true, has_wiki: false, has_pages: false, has_downloads: true, has_discussions: false },
      has_issues: one.has_issues,
      archived: one.archived,
      disabled: false,
      pushed_at: one.pushed_at,
      created_at: one.created_at,
      updated_at: one.pushed_at,
      permissions: { admin: false, maintain: false, push: canPush, triage: canPush, pull: true },
    };
  };

  const label = ({ id, repoId, name, color, description }: Label) => ({
    id,
    node_id: node("LA", id),
    url: `${urlOf(repoOf(repoId))}/labels/${encodeURIComponent(name)}`,
    ...{ name, color, description, default: false },
  });

  const milestone = ({ id, repoId, number, title, state: now, due_on }: Milestone) => {
    const url = `${urlOf(repoOf(repoId))}/milestones/${number}`;
    const of = state.issues.filter((one) => one.milestone === id);
    const open = of.filter((one) => one.state === "open").length;
    return {
      ...{ id, number, title, state: now, due_on, url },
      node_id: node("MI", id),
      html_url: url.replace("/repos/", "/"),
      labels_url: `${url}/labels`,
      description: null,
      creator: simple("release-manager"),
      open_issues: open,
      closed_issues: of.length - open,
      ...{ created_at: "2026-01-05T08:00:00Z", updated_at: "2026-01-05T08:00:00Z", closed_at: null },
    };
  };

  const type = ({ id, name, description }: IssueType) => ({
    ...{ id, name, description, is_enabled: true, color: "red" as const },
    node_id: node("IT", id),
    created_at: "2025-01-01T00:00:00Z",
    updated_at: "2025-01-01T00:00:00Z",
  });

  const issue = (one: Issue) => {
    const home = repoOf(one.repoId);
    const url = `${urlOf(home)}/issues/${one.number}`;
    const assignees = one.assignees.map(simple);
    const found = one.milestone === null ? undefined : state.milestones.find(({ id }) => id === one.milestone);
    const typed = one.type === null ? undefined : state.types.find(({ id }) => id === one.type);
    return {
      id: one.id,
      node_id: issueNode(one.id),
      url,
      repository_url: urlOf(home),
      labels_url: `${url}/labels{/name}`,
      comments_url: `${url}/comments`,
      events_url: `${url}/events`,
      html_url: `${base}/${org}/${home.name}/issues/${one.number}`,
      number: one.number,
      state: one.state,
      state_reason: one.state_reason,
      title: one.title,
      body: one.body,
      user: simple(one.author),
      labels: one.labels.flatMap((id) => state.labels.filter((each) => each.id === id)).map(label),
      assignee: assignees[0] ?? null,
      assignees,
      milestone: found ? milestone(found) : null,
      type: typed ? type(typed) : null,
      locked: false,
      active_lock_reason: null,
      comments: state.comments.filter(({ issueId }) => issueId === one.id).length,
      created_at: one.created_at,
      updated_at: one.updated_at,
      closed_at: one.closed_at,
      author_association: "MEMBER" as const,
      reactions: emptyReactions(url),
      performed_via_github_app: null,
    };
  };

  const comment = ({ id, issueId, author, body, created_at, updated_at }: Comment) => {
    const on = must(state.issues.find((one) => one.id === issueId));
    const home = repoOf(on.repoId);
    const url = `${urlOf(home)}/issues/comments/${id}`;
    return {
      ...{ id, body, url, created_at, updated_at },
      node_id: node("IC", id),
      html_url: `${base}/${org}/${home.name}/issues/${on.number}#issuecomment-${id}`,
      issue_url: `${urlOf(home)}/issues/${on.number}`,
      user: simple(author),
      author_association: "MEMBER" as const,
      reactions: emptyReactions(url),
      performed_via_github_app: null,
    };
  };

  const hook = ({ id, repoId, url: target, secret, events, active, created_at }: Hook) => {
    const url = `${urlOf(repoOf(repoId))}/hooks/${id}`;
    return {
      ...{ type: "Repository", id, name: "web", active, events, created_at, url, updated_at: created_at },
      config: { url: target, content_type: "json", insecure_ssl: "0", ...(secret && { secret: "********" }) },
      test_url: `${url}/tests`,
      ping_url: `${url}/pings`,
      deliveries_url: `${url}/deliveries`,
      last_response: { code: null, status: "unused", message: null },
    };
  };

  const delivery = ({ id, guid, delivered_at, redelivery, event, action, statusCode, hookId }: Delivery) => ({
    ...{ id, guid, delivered_at, redelivery, event, action, duration: 0.05, throttled_at: null },
    status: statusCode > 0 && statusCode < 300 ? "OK" : "Failed",
    status_code: statusCode,
    installation_id: null,
    repository_id: state.hooks.find((one) => one.id === hookId)?.repoId ?? null,
  });

  return { user, me, repo, label, milestone, type, issue, comment, hook, delivery };
}

export type Shapes = ReturnType<typeof shapesOf>;

export function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The sandbox has lost something.");
  return value;
}

const repoUrls = `archive_url /{archive_format}{/ref}
assignees_url /assignees{/user}
blobs_url /git/blobs{/sha}
branches_url /branches{/branch}
collaborators_url /collaborators{/collaborator}
comments_url /comments{/number}
commits_url /commits{/sha}
compare_url /compare/{base}...{head}
contents_url /contents/{+path}
contributors_url /contributors
deployments_url /deployments
downloads_url /downloads
events_url /events
forks_url /forks
git_commits_url /git/commits{/sha}
git_refs_url /git/refs{/sha}
git_tags_url /git/tags{/sha}
hooks_url /hooks
issue_comment_url /issues/comments{/number}
issue_events_url /issues/events{/number}
issues_url /issues{/number}
keys_url /keys{/key_id}
labels_url /labels{/name}
languages_url /languages
merges_url /merges
milestones_url /milestones{/number}
notifications_url /notifications{?since,all,participating}
pulls_url /pulls{/number}
releases_url /releases{/id}
stargazers_url /stargazers
statuses_url /statuses/{sha}
subscribers_url /subscribers
subscription_url /subscription
tags_url /tags
teams_url /teams
trees_url /git/trees{/sha}`
  .split("\n")
  .map((line) => line.split(" ") as [string, string]); // each line above has two words
