import { z } from "zod";
import { OutboundError } from "@/lib/http/outcome";
import type { BoardField, Choice, OpenTracker } from "@/lib/trackers/tracker";
import { repoOf } from "./address";
import { ask, read } from "./client";
import { type Context, isNotFound, numberOf } from "./context";
import { addItem, boardFields, createField, itemsOfIssue, orgBoards, setField, userBoards } from "./documents";
import { toBoardField } from "./map";
import { wireAdded, wireBoardFields, wireIssue, wireItems, wireMade, wireOrgBoards, wireUserBoards } from "./wire";

const maxPages = 10;

/** Projects v2. https://docs.github.com/issues/planning-and-tracking-with-projects/automating-your-project */
export function boards({ octokit, site }: Context) {
  async function fieldsOf(boardId: string): Promise<{ url: string; fields: BoardField[] }> {
    const fields: BoardField[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < maxPages; pages++) {
      const { node }: z.output<typeof wireBoardFields> = await ask(octokit, site, wireBoardFields, boardFields, {
        id: boardId,
        after,
      });
      if (!node) break;
      const { url } = node;
      fields.push(
        ...node.fields.nodes.flatMap((field) => (field && "options" in field ? toBoardField(field, url) : [])),
      );
      after = node.fields.pageInfo.endCursor;
      if (!node.fields.pageInfo.hasNextPage) return { url, fields };
    }
    throw new OutboundError("tracker_not_found", "GitHub does not know this board, or the token may not see it.", {
      outcome: "refused",
    });
  }

  /** Nobody says whether an owner is an organisation or a person. */
  async function boardsOf(login: string, variables: object) {
    try {
      const { organization } = await ask(octokit, site, wireOrgBoards, orgBoards, { login, ...variables });
      if (organization) return organization.projectsV2;
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    return (await ask(octokit, site, wireUserBoards, userBoards, { login, ...variables })).user?.projectsV2 ?? null;
  }

  /** Answers the item that is there where the issue has come onto the board meanwhile. */
  async function add(boardId: string, content: string): Promise<string> {
    const added = await ask(octokit, site, wireAdded, addItem, { project: boardId, content });
    return added.addProjectV2ItemById.item.id;
  }

  return {
    async listBoards({ project, query = "", cursor }) {
      const page = await boardsOf(repoOf(project.key).owner, { query: query.trim(), after: cursor ?? null });
      if (!page) return { items: [], next: null };
      const items = page.nodes.flatMap((board): Choice[] =>
        board && !board.closed ? [{ id: board.id, name: `${board.title} (#${board.number})` }] : [],
      );
      return { items, next: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null };
    },

    async getBoardFields({ boardId }) {
      return (await fieldsOf(boardId)).fields;
    },

    async placeOnBoard({ project, ref }, { boardId, values }) {
      const call = octokit.rest.issues.get({ ...repoOf(project.key), issue_number: numberOf(ref) });
      const { data: issue } = await read(wireIssue.required({ node_id: true }), call);
      // What is so already is not written again: writes stand in line, and a second attempt goes on where the first ended.
      const { node } = await ask(octokit, site, wireItems, itemsOfIssue, { id: issue.node_id });
      const there = node?.projectItems.nodes.find((one) => one?.project.id === boardId);
      const set = new Map(there?.fieldValues.nodes.flatMap((one) => (one ? [[one.field.id, one.optionId]] : [])));
      const item = there?.id ?? (await add(boardId, issue.node_id));
      // One call adds and another sets: GitHub takes not both at once.
      for (const [field, option] of Object.entries(values)) {
        if (set.get(field) === option) continue;
        await ask(octokit, site, z.unknown(), setField, { project: boardId, item, field, option });
      }
    },

    async createBoardField({ boardId, name, options }) {
      const { url, fields } = await fieldsOf(boardId);
      if (fields.some((field) => field.name.toLowerCase() === name.toLowerCase())) {
        // Writing its options would replace them all, and the board would lose its values.
        throw new OutboundError("tracker_refused", `The board has a field ${name} already.`, { outcome: "refused" });
      }
      const made = await ask(octokit, site, wireMade, createField, {
        ...{ project: boardId, name },
        options: options.map((option) => ({ name: option, color: "GRAY", description: "" })),
      });
      return toBoardField(made.createProjectV2Field.projectV2Field, url);
    },
  } satisfies Partial<OpenTracker>;
}
