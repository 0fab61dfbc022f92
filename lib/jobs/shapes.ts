import { z } from "zod";
import { jobStates } from "./inputs";

/** Something that a job works for, by the id in its event. No name: it is not the workspace's, or it is gone. */
const subjectSchema = z.object({
  /** The key in the event without its "Id": creation. */
  kind: z.string(),
  id: z.uuid(),
  name: z.string().nullable(),
  /** Its page here. */
  path: z.string().nullable(),
});

const errorSchema = z.object({ name: z.string(), message: z.string() });

export const jobSchema = z.object({
  id: z.uuid(),
  functionId: z.string(),
  state: z.enum(jobStates),
  /** The most attempts that any of its calls took. */
  attempts: z.number(),
  /** When it goes on by itself. */
  dueAt: z.date().nullable(),
  /** Its function is paused since then: nothing of it is called until an operator resumes it. */
  pausedAt: z.date().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  /** Of a failed job the reason, of another one the last attempt that failed. */
  error: errorSchema.nullable(),
  subjects: z.array(subjectSchema),
});

const stepSchema = z.object({
  id: z.string(),
  name: z.string(),
  op: z.string(),
  state: z.enum(["planned", "running", "sleeping", "waiting", "retrying", "completed", "failed"]),
  attempts: z.number(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  /** When its sleep or its patience ends, or its next attempt is made. */
  dueAt: z.date().nullable(),
  /** The event that it waits for. */
  waitsFor: z.string().nullable(),
  error: errorSchema.nullable(),
  /** What it is about: the ids that it tells of itself, else what its job is for. */
  subjects: z.array(subjectSchema),
});

export const jobDetailSchema = jobSchema.omit({ subjects: true }).extend({
  eventName: z.string(),
  /** Of each call; null when the installation does not know the function any more. */
  maxAttempts: z.number().nullable(),
  /** The function itself is being called, or waits to be, rather than one of its open steps. */
  call: z.object({ state: z.enum(["running", "queued", "retrying"]), dueAt: z.date() }).nullable(),
  steps: z.array(stepSchema),
  events: z.array(z.object({ id: z.uuid(), name: z.string(), subjects: z.array(subjectSchema) })),
  /** How many events it was started with; `events` has the first of them. */
  eventCount: z.number(),
  /** The job that this one repeats, the one that invoked it, and the other way round. */
  relatives: z.array(
    z.object({
      id: z.uuid(),
      functionId: z.string(),
      kind: z.enum(["repeats", "repeated_by", "invoked_by", "invokes"]),
    }),
  ),
  can: z.object({ retry: z.boolean(), cancel: z.boolean(), runNow: z.boolean() }),
});

export type Job = z.infer<typeof jobSchema>;
export type JobDetail = z.infer<typeof jobDetailSchema>;
export type JobStep = z.infer<typeof stepSchema>;
export type Subject = z.infer<typeof subjectSchema>;
