import {
  get,
  type Hook,
  type Issue,
  type Label,
  type Milestone,
  type Note,
  type Project,
  type State,
  type User,
} from "./state";

/** GitLab's JSON for what is kept. `site` is the address of its pages. */
export function entities(state: State, site: string) {
  const user = ({ id, username, name, state: is }: User) => ({
    ...{ id, username, name, state: is, locked: false, avatar_url: null },
    web_url: `${site}/${username}`,
  });
  const userOf = (id: number) => user(get(state.users, id));

  const project = (one: Project, viewer: User) => {
    const level = one.members[viewer.id];
    const path = one.path.split("/");
    const name = path.at(-1) ?? "";
    return {
      ...{ id: one.id, name, path: name, path_with_namespace: one.path, description: one.description },
      name_with_namespace: path.join(" / "),
      default_branch: "main",
      web_url: `${site}/${one.path}`,
      avatar_url: null,
      visibility: one.visibility,
      archived: one.archived,
      issues_enabled: one.issues !== "disabled",
      issues_access_level: one.issues,
      created_at: one.createdAt,
      last_activity_at: one.createdAt,
      namespace: { kind: "group", full_path: path.slice(0, -1).join("/") },
      permissions: {
        project_access: null,
        group_access: level === undefined ? null : { access_level: level, notification_level: 3 },
      },
    };
  };

  const milestone = ({ id, iid, projectId, title, state: is, dueDate }: Milestone) => ({
    ...{ id, iid, project_id: projectId, title, description: null, state: is, due_date: dueDate, start_date: null },
    ...{ expired: false, created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z" },
    web_url: `${site}/-/milestones/${iid}`,
  });

  const issue = (one: Issue) => {
    const { path } = get(state.projects, one.projectId);
    const assignees = one.assigneeIds.map(userOf);
    const notes = state.notes.filter(({ issueId, system }) => issueId === one.id && !system);
    return {
      ...{ id: one.id, iid: one.iid, project_id: one.projectId, title: one.title, description: one.description },
      ...{ state: one.state, created_at: one.createdAt, updated_at: one.updatedAt, closed_at: one.closedAt },
      closed_by: null,
      labels: [...one.labels].sort(),
      milestone: one.milestoneId === null ? null : milestone(get(state.milestones, one.milestoneId)),
      assignees,
      assignee: assignees[0] ?? null,
      author: userOf(one.authorId),
      type: one.type.toUpperCase(),
      issue_type: one.type,
      ...{ user_notes_count: notes.length, merge_requests_count: 0, upvotes: 0, downvotes: 0 },
      ...{ due_date: one.dueDate, start_date: null, confidential: one.confidential, discussion_locked: null },
      web_url: `${site}/${path}/-/issues/${one.iid}`,
      time_stats: { time_estimate: 0, total_time_spent: 0, human_time_estimate: null, human_total_time_spent: null },
      task_completion_status: { count: 0, completed_count: 0 },
      ...{ weight: one.weight, blocking_issues_count: 0, has_tasks: false, _links: {} },
      references: { short: `#${one.iid}`, relative: `#${one.iid}`, full: `${path}#${one.iid}` },
      ...{ severity: "UNKNOWN", moved_to_id: one.movedToId, imported: false, imported_from: "none" },
      ...{ service_desk_reply_to: null, epic: null, iteration: null, health_status: null },
    };
  };

  const note = (one: Note) => {
    const of = get(state.issues, one.issueId);
    return {
      ...{ id: one.id, type: null, body: one.body, attachment: null, author: userOf(one.authorId) },
      ...{ created_at: one.createdAt, updated_at: one.updatedAt, system: one.system, noteable_id: of.id },
      ...{ noteable_type: "Issue", noteable_iid: of.iid, project_id: of.projectId, resolvable: false },
      ...{ confidential: one.internal, internal: one.internal, imported: false, imported_from: "none" },
    };
  };

  const label = ({ id, name, color, description, projectId }: Label) => ({
    ...{ id, name, color, description, description_html: description, text_color: "#FFFFFF", priority: null },
    ...{ is_project_label: projectId !== null, subscribed: false, archived: false },
  });

  const hook = (one: Hook) => ({
    ...{ id: one.id, url: one.url, project_id: one.projectId, created_at: one.createdAt, ...one.events },
    ...{ enable_ssl_verification: true, token_present: one.token !== "", disabled_until: null },
    alert_status: one.failures >= 4 ? "temporarily_disabled" : "executable",
  });

  const member = (one: User, level: number) => ({
    ...user(one),
    ...{ access_level: level, expires_at: null, created_at: "2026-01-01T00:00:00.000Z", membership_state: "active" },
  });

  const me = (one: User) => ({
    ...user(one),
    email: `${one.username}@acme.test`,
    ...{ public_email: null, commit_email: null, is_admin: false, bot: one.bot, two_factor_enabled: false },
  });

  return { user, project, milestone, issue, note, label, hook, member, me };
}

export type Entities = ReturnType<typeof entities>;
