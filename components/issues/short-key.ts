/** `acme/checkout#12` without the part that all of them share, for narrow places. */
export const shortKey = (key: string): string => key.split("/").at(-1) ?? key;
