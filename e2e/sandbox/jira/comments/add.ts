import { z } from "zod";
import { type Call, newId } from "../call";
import { tooLong } from "../fields/set";
import type { Comment, Issue } from "../model";
import { isAdmin } from "../permissions";
import { fieldRefusal, Refusal } from "../refusal";

export const commentInput = z.object({
  body: z.unknown(),
  visibility: z
    .object({ type: z.enum(["group", "role"]), value: z.string().optional(), identifier: z.string().nullish() })
    .nullish(),
  properties: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
});
type Input = z.output<typeof commentInput>;

const roles = ["Administrators", "Members", "Viewers"];

/** Whether the caller belongs to those that a comment is kept to. */
export function isShown(call: Call, { visibility }: Comment): boolean {
  if (!visibility || isAdmin(call.account)) return true;
  if (visibility.type === "group") return call.account?.groups.includes(visibility.value) ?? false;
  return visibility.value === "Members";
}

function textOf(call: Call, body: unknown): unknown {
  const objection = call.face.objectToText(body);
  if (objection?.isGeneral) throw new Refusal(400, [objection.message]);
  if (objection) throw fieldRefusal({ comment: objection.message });
  const text = call.face.plainText(body);
  if (text.length > call.textLimitChars) throw fieldRefusal({ comment: tooLong(call.textLimitChars) });
  if (!call.face.isCloud && !text.trim()) throw fieldRefusal({ comment: "Comment body can not be empty!" });
  return body;
}

function visibilityOf(call: Call, sent: Input["visibility"]): Comment["visibility"] {
  if (!sent) return null;
  const value = sent.value ?? sent.identifier ?? "";
  const known = sent.type === "role" ? roles : (call.account?.groups ?? []);
  if (known.includes(value)) return { type: sent.type, value };
  const what = sent.type === "role" ? "role" : "group";
  throw fieldRefusal({ commentLevel: `You are currently not a member of the project ${what}: ${value}.` });
}

export function addComment(call: Call, issue: Issue, input: Input): Comment {
  if (!call.account) throw new Refusal(401, ["You do not have the permission to comment on this issue."]);
  const now = Date.now();
  const comment: Comment = {
    id: newId(call),
    authorId: call.account.accountId,
    body: textOf(call, input.body),
    ...{ createdMs: now, updatedMs: now },
    properties: input.properties,
    visibility: visibilityOf(call, input.visibility),
  };
  issue.comments.push(comment);
  issue.updatedMs = Math.max(now, issue.updatedMs + 1);
  call.tell({ event: "comment_created", issue, actor: call.account, comment });
  return comment;
}

export function editComment(call: Call, issue: Issue, comment: Comment, input: Input): void {
  comment.body = textOf(call, input.body);
  if (input.visibility !== undefined) comment.visibility = visibilityOf(call, input.visibility);
  for (const property of input.properties) {
    comment.properties = [...comment.properties.filter(({ key }) => key !== property.key), property];
  }
  comment.updatedMs = Math.max(Date.now(), comment.updatedMs + 1);
  issue.updatedMs = Math.max(comment.updatedMs, issue.updatedMs + 1);
  if (call.account) call.tell({ event: "comment_updated", issue, actor: call.account, comment });
}
