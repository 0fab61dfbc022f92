// The application's id, which stands before each function's id on the wire.
const PREFIX = "faultline-";

/** What people call a function. */
export const functionName = (functionId: string): string =>
  functionId.startsWith(PREFIX) ? functionId.slice(PREFIX.length) : functionId;

/** The id of the function that somebody names. */
export const functionIdOf = (name: string): string => (name.startsWith(PREFIX) ? name : PREFIX + name);
