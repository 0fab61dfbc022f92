/** A mark of Atlassian's format. */
export type AdfMark = { type: string; attrs?: Record<string, unknown> };

/** A node of Atlassian's format; which may stand in which is the validator's matter, not the type's. */
export type AdfNode = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: AdfNode[];
  marks?: AdfMark[];
  text?: string;
};

/** A whole document, as Jira Cloud takes and gives it. */
export type AdfDoc = { version: 1; type: "doc"; content: AdfNode[] };
