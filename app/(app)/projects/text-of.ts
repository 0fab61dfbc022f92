/** The value of a search parameter; named twice or left empty, it says nothing. */
export const textOf = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" && value ? value : undefined;
