import type { Account, ChangeItem, Comment, Issue } from "../model";

/** Something that webhooks tell of. */
export type Happening = {
  event:
    | "jira:issue_created"
    | "jira:issue_updated"
    | "jira:issue_deleted"
    | "comment_created"
    | "comment_updated"
    | "comment_deleted";
  /** What Jira calls the kind of an issue's change: issue_generic, issue_commented. */
  type?: string;
  issue: Issue;
  actor: Account;
  comment?: Comment;
  items?: ChangeItem[];
};
