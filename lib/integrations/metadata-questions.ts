import { z } from "zod";
import { AppError } from "@/lib/errors";
import { field, issueForm, issueTypes, labelsPage, optionsPage, remoteUsers } from "@/lib/trackers/form-schema";
import type { OpenTracker, ProjectRef, RemoteUser } from "@/lib/trackers/tracker";

const minute = 60_000;
const mostUserPages = 200;

const project = z.object({ remoteId: z.string(), key: z.string() });
const typeId = z.string().nullable();
const search = { project, query: z.string(), cursor: z.string().nullable() };

type Question<Asks extends z.ZodType, Answer extends z.ZodType> = {
  asks: Asks;
  /** What is kept of the tracker's answer, and stripped to. */
  answer: Answer;
  /** For so long it is not asked again; afterwards what is known is shown while it is. */
  freshMs: number;
  ask(tracker: OpenTracker, asked: z.output<Asks>): Promise<unknown>;
};

const question = <Asks extends z.ZodType, Answer extends z.ZodType>(one: Question<Asks, Answer>) => one;

/** Everything that is asked of a tracker for its forms, and may be kept: plain data, so that a job can ask it again. */
export const questions = {
  /** Null: there is but one kind of issue. */
  types: question({
    asks: z.object({ project }),
    answer: issueTypes.nullable(),
    freshMs: 10 * minute,
    ask: async (tracker, { project }) => (await tracker.listTypes?.({ project })) ?? null,
  }),

  /** Null: the tracker asks for nothing beside a title, a text and labels. */
  form: question({
    asks: z.object({ project, typeId }),
    answer: issueForm.nullable(),
    freshMs: 10 * minute,
    ask: async (tracker, { project, typeId }) => (await tracker.getForm?.({ project, typeId })) ?? null,
  }),

  /** The choices of a searched field. */
  options: question({
    asks: z.object({ ...search, typeId, field: field.pick({ id: true, kind: true, role: true, wire: true }) }),
    answer: optionsPage,
    freshMs: 5 * minute,
    ask: async (tracker, asked) => (await tracker.searchOptions?.(asked)) ?? { items: [], next: null },
  }),

  labels: question({
    asks: z.object(search),
    answer: labelsPage,
    freshMs: 5 * minute,
    ask: async (tracker, asked) => (await tracker.listLabels?.(asked)) ?? { items: [], next: null },
  }),

  /** All accounts that can be seen in the project, whatever the number of pages. */
  users: question({
    asks: z.object({ project }),
    answer: remoteUsers,
    freshMs: 60 * minute,
    ask: (tracker, { project }) => allUsers(tracker, project),
  }),
} as const;

export type Kind = keyof typeof questions;
export type Asked<K extends Kind> = z.output<(typeof questions)[K]["asks"]>;
export type Answer<K extends Kind> = z.output<(typeof questions)[K]["answer"]>;

/** One question, whichever it is: the table's types are for those who ask. */
export const questionOf = (kind: Kind) => questions[kind] as unknown as Question<z.ZodType, z.ZodType>; // see above

async function allUsers({ listUsers }: OpenTracker, project: ProjectRef): Promise<RemoteUser[]> {
  const all: RemoteUser[] = [];
  let cursor: string | null = null;
  for (let page = 0; listUsers && page < mostUserPages; page++) {
    const { items, next }: { items: readonly RemoteUser[]; next: string | null } = await listUsers({ project, cursor });
    all.push(...items);
    if (next === null) return all;
    if (next === cursor) throw new AppError("tracker_unreadable", "The tracker's list of accounts does not go on.");
    cursor = next;
  }
  if (!listUsers) return all;
  throw new AppError("too_large", "There are too many accounts in this project to look through.");
}
