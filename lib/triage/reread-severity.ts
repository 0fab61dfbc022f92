import type { Member } from "@/lib/auth/member";
import type { Severity, SeveritySource } from "@/lib/db/generated/enums";
import type { Queries } from "@/lib/db/queries-of";
import { recordHistory } from "./history";
import { tellingTags, toldOfCase } from "./severity";

type Standing = { severity: Severity; severitySource: SeveritySource };
type Tagged = Standing & { id: string; tags: readonly string[] };

/**
 * Somebody has changed the tags of a case: gives it the severity that they tell now, and says which. Null where that
 * changes nothing: other tags were meant, or a property or a person has said it.
 */
export async function rereadSeverity(
  client: Queries,
  member: Member,
  { before, after }: { before: Tagged; after: Tagged },
): Promise<Standing | null> {
  const { id: caseId, severity, severitySource } = after;
  const isSame = tellingTags(before.tags).join("\n") === tellingTags(after.tags).join("\n");
  if (isSame || (severitySource !== "default" && severitySource !== "tag")) return null;
  const told = await toldOfCase(client, member, caseId);
  if (told.severity === severity && told.source === severitySource) return null;
  await client.query(
    `update "TestCase" set severity = $2::text::"Severity", "severitySource" = $3::text::"SeveritySource"
     where id = $1::uuid`,
    [caseId, told.severity, told.source],
  );
  await recordHistory(client, member, [
    {
      ...{ caseId, field: "severity", before: severity, after: told.severity },
      ...{ source: told.source, detail: told.detail, by: member },
    },
  ]);
  return { severity: told.severity, severitySource: told.source };
}
