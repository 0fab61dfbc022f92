import type { Subject } from "@/lib/jobs/shapes";

/** What a job is for, in a line: the names of what its event speaks of. */
export const aboutOf = (subjects: readonly Subject[]): string => subjects.flatMap(({ name }) => name ?? []).join(" · ");
