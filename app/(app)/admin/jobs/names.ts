import type { Subject } from "@/lib/jobs/shapes";

/** A function's id without the application's, which stands before each of them on the wire. */
export const functionName = (functionId: string): string => functionId.replace(/^faultline-/, "");

/** What a job is for, in a line: the names of what its event speaks of. */
export const aboutOf = (subjects: readonly Subject[]): string => subjects.flatMap(({ name }) => name ?? []).join(" · ");
