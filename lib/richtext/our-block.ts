/**
 * What became of replacing our block in a description that others may have edited. `whole`: replaced, and all around it
 * is as it was. Otherwise nothing was: `none`, our marks are gone; `broken`, one of the two is missing, or they stand
 * more than once or in the wrong order, so that nobody could say what is ours.
 */
export type Replaced<T> = { found: "whole"; output: T } | { found: "none" | "broken" };

/** What stands in the first and the last line of our block where a format has no hidden ones. */
export const blockLine = (id: string): string => `Faultline · ${shortId(id)}`;

/** As much of an id as people can compare. The end, because UUIDs of version 7 made together begin alike. */
export const shortId = (id: string): string => id.replaceAll("-", "").slice(-8);
