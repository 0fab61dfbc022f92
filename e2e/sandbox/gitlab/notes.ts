import type { Answer } from "../faults";
import { json } from "../front";
import { badParameter, forbidden, notFound, page } from "./answer";
import { runQuickActions } from "./issues";
import { takeQuickActions } from "./quick-actions";
import { type Issue, nextId, nowText, type Project, roles } from "./state";
import { levelOf, type Work } from "./work";

const textLimit = 1_000_000;

/** /projects/:id/issues/:iid/notes and one of them. */
export function answerNotes(
  method: string,
  work: Work,
  project: Project,
  issue: Issue,
  noteId?: string,
): Answer | null {
  const { state, entities, viewer, url, body, tell } = work;
  const seesInternal = levelOf(project, viewer) >= roles.reporter;
  const all = state.notes.filter((one) => one.issueId === issue.id && (seesInternal || !one.internal));

  if (noteId === undefined && method === "GET") {
    const query = url.searchParams;
    const key = query.get("order_by") === "updated_at" ? "updatedAt" : "createdAt";
    const sign = query.get("sort") === "asc" ? 1 : -1;
    const shown = all.filter(({ system }) => query.get("activity_filter") !== "only_comments" || !system);
    return page(
      url,
      shown.toSorted((a, b) => sign * (a[key].localeCompare(b[key]) || a.id - b.id)),
      entities.note,
    );
  }
  if (noteId === undefined) return method === "POST" ? addNote(work, project, issue) : null;

  const note = all.find(({ id }) => id === Number(noteId));
  if (!note) return notFound("Note");
  if (method === "GET") return json(entities.note(note));
  const mayChange = !note.system && (note.authorId === viewer.id || levelOf(project, viewer) >= roles.maintainer);
  if (!mayChange) return forbidden();
  if (method === "DELETE") {
    state.notes = state.notes.filter(({ id }) => id !== note.id);
    return json(null, 204);
  }
  if (method !== "PUT") return null;
  if (typeof body.body !== "string" || body.body.trim() === "") return badParameter("body is empty");
  note.body = body.body;
  note.updatedAt = nowText();
  tell({ kind: "note", issue, noteId: note.id, action: "update", by: viewer });
  return json(entities.note(note));
}

function addNote(work: Work, project: Project, issue: Issue): Answer {
  const { state, entities, viewer, body, tell } = work;
  if (project.archived) return forbidden();
  if (typeof body.body !== "string" || body.body.trim() === "") return badParameter("body is empty");
  if ([...body.body].length > textLimit) {
    return json({ message: { note: [`is too long (maximum is ${textLimit} characters)`] } }, 400);
  }
  const { text, actions } = takeQuickActions(body.body);
  runQuickActions(work, project, issue, actions);
  if (text === "") return json({ commands_changes: {}, summary: actions.map(({ name }) => name) }, 202);

  const at = nowText();
  const note = {
    ...{ id: nextId(state), issueId: issue.id, body: text, authorId: viewer.id, system: false },
    ...{ internal: body.internal === true || body.confidential === true, createdAt: at, updatedAt: at },
  };
  state.notes.push(note);
  issue.updatedAt = at;
  tell({ kind: "note", issue, noteId: note.id, action: "create", by: viewer });
  return json(entities.note(note), 201);
}
