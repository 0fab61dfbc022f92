import type { z } from "zod";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { type Tx, transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/db/ids";
import { queriesOf } from "@/lib/db/queries-of";
import { AppError, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { secretMask } from "@/lib/projects/secret-mask";
import { parseDoc, type RichDoc } from "@/lib/richtext/doc";
import { toText } from "@/lib/richtext/to-text";
import { rereadSeverity } from "@/lib/triage/reread-severity";
import { type caseInput, longest } from "./case-inputs";
import type { Case } from "./case-shapes";
import { getCase } from "./cases";

type Input = z.output<typeof caseInput>;

/**
 * Changes what people write about a case, over the version that they had read: what somebody else has saved meanwhile is
 * never overwritten unseen. Throws conflict then, and nothing is changed. A tag may tell the severity, as in a report.
 */
export async function editCase(member: Member, caseId: string, input: Input): Promise<Case> {
  const { version, steps, expected, ...lines } = input;
  const changes = {
    ...lines,
    ...(steps !== undefined && { steps: toDocument(steps, "steps") ?? Prisma.DbNull }),
    ...(expected !== undefined && { expected: toDocument(expected, "expected") ?? Prisma.DbNull }),
  };
  const mask = await secretMask(member);
  await transaction(async (tx) => {
    const before = await lockCase(tx, member, caseId);
    if (before.version !== version)
      throw new AppError("conflict", "Somebody has changed this test case since you opened it. Nothing was saved.");
    if (Object.keys(changes).length === 0) return;
    const written = await tx.testCase.update({
      where: { id: caseId, workspaceId: member.workspaceId },
      data: { ...changes, version: { increment: 1 }, updatedAt: new Date() },
      select,
    });
    const told = await rereadSeverity(queriesOf(tx), member, { before, after: written });
    const after = { ...written, ...told };
    const fields = [...Object.keys(changes), ...Object.keys(told ?? {})];
    const tell = (row: Written) => toEntry(row, fields, mask);
    const { workspaceId, projectId } = member;
    await audit(tx, member, "case.edited", {
      ...{ subjectType: "test_case", subjectId: caseId, projectId },
      ...{ before: tell(before), after: tell(after) },
    });
    await announce(tx, { workspaceId, projectId, topic: "case", id: caseId });
  });
  return getCase(member, caseId);
}

const select = {
  ...{ id: true, owner: true, component: true, tags: true, steps: true, expected: true, version: true },
  ...{ severity: true, severitySource: true },
} as const;
type Written = Prisma.TestCaseGetPayload<{ select: typeof select }>;

async function lockCase(tx: Tx, { workspaceId, projectId }: Member, caseId: string): Promise<Written> {
  if (!isId(caseId)) throw notFound("test case");
  await tx.$queryRaw`
    select 1 from "TestCase"
    where id = ${caseId}::uuid and "workspaceId" = ${workspaceId}::uuid and "projectId" = ${projectId}::uuid
    for no key update`;
  const found = await tx.testCase.findFirst({ where: { id: caseId, workspaceId, projectId }, select });
  if (!found) throw notFound("test case");
  return found;
}

function toDocument(input: unknown, field: "steps" | "expected"): RichDoc | null {
  if (input === null) return null;
  const doc = parseDoc(input);
  const message = `must have at most ${longest.documentChars.toLocaleString("en")} characters with its markup`;
  if (JSON.stringify(doc).length > longest.documentChars)
    throw new AppError("invalid_input", `${field} ${message}`, { fields: { [field]: message } });
  return isEmpty(doc) ? null : doc;
}

// What an editor holds that nobody has typed into.
const isEmpty = ({ content }: RichDoc) => {
  const [only] = content;
  return content.length <= 1 && only?.type === "paragraph" && only.content.length === 0;
};

const toldChars = 1_000;

/** What the audit log keeps: the fields that were sent; of a document the beginning, as text without secrets. */
function toEntry(row: Written, fields: readonly string[], mask: (text: string) => string): Prisma.InputJsonObject {
  const told: Record<string, Prisma.InputJsonValue | null> = {
    owner: row.owner && mask(row.owner),
    component: row.component && mask(row.component),
    tags: row.tags.map(mask),
    severity: row.severity,
    severitySource: row.severitySource,
    steps: row.steps === null ? null : mask(toText(parseDoc(row.steps)).output.slice(0, toldChars)),
    expected: row.expected === null ? null : mask(toText(parseDoc(row.expected)).output.slice(0, toldChars)),
  };
  return {
    version: row.version,
    ...Object.fromEntries(Object.entries(told).filter(([name]) => fields.includes(name))),
  };
}
