/** "1 issue", "2 issues": numbers belong into every consequence that we name. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
