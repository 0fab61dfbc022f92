import { knownIssueRuleSaved } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { type Tx, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { AppError } from "@/lib/errors";
import { secretMask } from "@/lib/projects/secret-mask";
import type { RuleChange, RuleInput } from "./inputs";
import { getRule, mostRules, whatSchema } from "./list-rules";
import { namedIssue } from "./named-issue";
import { readSearch, type What } from "./search";
import type { RuleView } from "./shapes";

/**
 * Adds a rule: failures that it matches are linked to its issue from then on, and their groups are as severe as it says;
 * those of the past too if that is asked for.
 */
export async function createRule(member: Member, input: RuleInput, id: string = newId()): Promise<{ id: string }> {
  check(input);
  const { issue, linkPast, ...rule } = input;
  const named = await namedIssue(member, issue);
  const told = await toldOf(member);
  return transaction(async (tx) => {
    const { workspaceId, projectId, userId } = member;
    // Whoever adds or renames waits here, so that neither the number nor a name is exceeded.
    await lockRow(tx, "Project", projectId);
    if ((await tx.knownIssueRule.count({ where: { workspaceId, projectId } })) >= mostRules)
      throw refused("pattern", `A project has ${mostRules} rules at most. Join some of them in one pattern with |.`);
    await checkName(tx, member, rule.name);
    const issueId = await named(tx);
    await tx.knownIssueRule.create({
      data: { id, workspaceId, projectId, createdById: userId, issueId, ...rule },
      select: { id: true },
    });
    await audit(tx, member, "known_issue_rule.added", {
      ...{ subjectType: "known_issue_rule", subjectId: id, projectId },
      after: { ...told(rule), issueId, linkPast },
    });
    if (linkPast) await send(tx, knownIssueRuleSaved.create({ workspaceId, ruleId: id }));
    return { id };
  });
}

/** Changes a rule, or switches it on or off. What it has linked and rated stays so. */
export async function changeRule(member: Member, ruleId: string, input: RuleChange): Promise<void> {
  const { issue, linkPast, ...change } = input;
  // Before a tracker is asked: nobody looks up issues for a rule that they cannot see.
  await getRule(member, ruleId);
  const named = issue && (await namedIssue(member, issue));
  const told = await toldOf(member);
  await transaction(async (tx) => {
    const { workspaceId, projectId } = member;
    await lockRow(tx, "Project", projectId);
    const before = await getRule(member, ruleId, tx);
    const after = { ...before, ...change };
    check(whatSchema.parse(after));
    if (after.name !== before.name) await checkName(tx, member, after.name);
    const issueId = named ? await named(tx) : before.issueId;
    await tx.knownIssueRule.update({
      where: { id: ruleId, workspaceId, projectId },
      // It gets another chance with each change.
      data: { ...change, issueId, stoppedAt: null },
      select: { id: true },
    });
    await audit(tx, member, "known_issue_rule.changed", {
      ...{ subjectType: "known_issue_rule", subjectId: ruleId, projectId },
      before: { ...told(before), issueId: before.issueId },
      after: { ...told(after), issueId, linkPast },
    });
    if (linkPast) await send(tx, knownIssueRuleSaved.create({ workspaceId, ruleId }));
  });
}

/** Deletes a rule. What it has linked and rated stays so. */
export async function deleteRule(member: Member, ruleId: string): Promise<void> {
  const told = await toldOf(member);
  await transaction(async (tx) => {
    const { workspaceId, projectId } = member;
    const before = await getRule(member, ruleId, tx);
    await tx.knownIssueRule.deleteMany({ where: { id: ruleId, workspaceId, projectId } });
    await audit(tx, member, "known_issue_rule.deleted", {
      ...{ subjectType: "known_issue_rule", subjectId: ruleId, projectId },
      before: { ...told(before), issueId: before.issueId, matched: before.matched },
    });
  });
}

type Told = Record<"name" | keyof What, string> & Pick<RuleView, "severity" | "enabled">;

/** A rule as the audit log tells it. A pattern is often a piece of a failure. */
async function toldOf(member: Member) {
  const mask = await secretMask(member);
  return ({ name, kind, field, pattern, severity, enabled }: Told) => {
    return { name: mask(name), kind, field, pattern: mask(pattern), severity, enabled };
  };
}

async function checkName(tx: Tx, { workspaceId, projectId }: Member, name: string): Promise<void> {
  if (await tx.knownIssueRule.findFirst({ where: { workspaceId, projectId, name }, select: { id: true } }))
    throw refused("name", "The project has a rule of this name already.");
}

/** Throws invalid_input on the field, in words that tell what to do. */
export function check(what: What) {
  const read = readSearch(what);
  if ("problem" in read) throw refused("pattern", read.problem);
  return read.search;
}

const refused = (field: string, message: string) =>
  new AppError("invalid_input", message, { fields: { [field]: message } });
