import { adfOf, adfText, isAdf } from "./adf";
import type { Account } from "./model";

export type UserJson = Record<string, unknown>;

/** What differs between Jira Cloud and Jira Data Center, beside the operations that only one of them has. */
export type Face = {
  readonly isCloud: boolean;
  readonly version: string;
  readonly deploymentType: "Cloud" | "Server";
  /** Where the REST API is, below the context path. */
  readonly api: string;
  /** A user as an answer has them. */
  user(account: Account, baseUrl: string, viewer: Account | null): UserJson;
  /** How a request names a user: `{accountId}` or `{name}`. */
  readonly userKey: "accountId" | "name";
  /** Refuses what is no text of this Jira: answers the reason. */
  objectToText(value: unknown): { message: string; isGeneral: boolean } | null;
  plainText(value: unknown): string;
  fromText(text: string): unknown;
  readonly words: Readonly<Record<"noIssue" | "noType" | "noProject" | "noUser" | "longSummary", string>>;
};

const avatars = (baseUrl: string) =>
  Object.fromEntries(
    ["48x48", "24x24", "16x16", "32x32"].map((size) => [size, `${baseUrl}/secure/useravatar?size=${size}`]),
  );

export const cloud: Face = {
  isCloud: true,
  version: "1001.0.0-SNAPSHOT",
  deploymentType: "Cloud",
  api: "/rest/api/3",
  user: (account, baseUrl, viewer) => ({
    self: `${baseUrl}/rest/api/3/user?accountId=${encodeURIComponent(account.accountId)}`,
    accountId: account.accountId,
    accountType: "atlassian",
    // One's own address is always there; the others' only where they show it.
    ...((account.showsEmail || account.accountId === viewer?.accountId) && { emailAddress: account.email }),
    avatarUrls: avatars(baseUrl),
    displayName: account.displayName,
    active: account.isActive,
    timeZone: account.timeZone,
  }),
  userKey: "accountId",
  objectToText(value) {
    if (typeof value !== "object" || value === null) {
      const message = "Operation value must be an Atlassian Document (see the Atlassian Document Format)";
      return { message, isGeneral: false };
    }
    return isAdf(value) ? null : { message: "INVALID_INPUT", isGeneral: true };
  },
  plainText: adfText,
  fromText: adfOf,
  words: {
    noIssue: "Issue does not exist or you do not have permission to see it.",
    noType: "Specify a valid issue type",
    noProject: "Specify a valid project ID or key",
    noUser: "Specify a valid value for",
    longSummary: "Summary can't exceed 255 characters.",
  },
};

export const dataCenter = (version: string): Face => ({
  isCloud: false,
  version,
  deploymentType: "Server",
  api: "/rest/api/2",
  user: (account, baseUrl) => ({
    self: `${baseUrl}/rest/api/2/user?username=${encodeURIComponent(account.name)}`,
    name: account.name,
    key: account.key,
    emailAddress: account.email,
    avatarUrls: avatars(baseUrl),
    displayName: account.displayName,
    active: account.isActive,
    timeZone: account.timeZone,
  }),
  userKey: "name",
  objectToText: (value) =>
    typeof value === "string" ? null : { message: "Operation value must be a string", isGeneral: false },
  plainText: (value) => (typeof value === "string" ? value : ""),
  fromText: (text) => text,
  words: {
    noIssue: "Issue Does Not Exist",
    noType: "The issue type selected is invalid.",
    noProject: "project is required",
    noUser: "User does not exist:",
    longSummary: "Summary must be less than 255 characters.",
  },
});
