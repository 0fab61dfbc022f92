/** "1 issue", "2 issues": numbers belong into every consequence that we name. */
export const counted = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`;
