import type { Row } from "./expect";
import type { Things } from "./world";

type Props = { params?: Record<string, string>; searchParams?: Record<string, string> };
type PageRow = Row & { props?: (things: Things) => Props };

const inProject = ({ projectId }: Things): Props => ({ params: { projectId } });
const anIntegration: PageRow = {
  level: "admin",
  ids: ["integrationId"],
  props: ({ integrationId }) => ({ params: { integrationId } }),
};
const projectPage = (level: "viewer" | "projectAdmin"): PageRow => ({ level, ids: ["projectId"], props: inProject });

/** The reviewed table of pages. A page without a row fails the test; so does a row without a page. */
export const pages: Record<string, PageRow> = {
  "app/(auth)/sign-in/page.tsx": { level: "anyone", elsewhere: "e2e/journeys" },
  "app/(auth)/sign-up/page.tsx": { level: "anyone", elsewhere: "e2e/journeys" },
  "app/(auth)/invite/[token]/page.tsx": { level: "anyone", elsewhere: "lib/workspaces/accept.test.ts" },

  "app/(app)/page.tsx": { level: "signedIn", ok: 303 },
  "app/(app)/account/page.tsx": { level: "signedIn" },
  "app/(app)/account/sessions/page.tsx": { level: "signedIn" },
  "app/(app)/account/tokens/page.tsx": { level: "signedIn" },

  "app/(app)/admin/page.tsx": { level: "admin", ok: 303 },
  "app/(app)/admin/audit/page.tsx": { level: "admin" },
  "app/(app)/admin/jobs/page.tsx": { level: "admin" },
  "app/(app)/admin/jobs/[jobId]/page.tsx": {
    level: "admin",
    ids: ["failedJobId"],
    props: ({ failedJobId }) => ({ params: { jobId: failedJobId } }),
  },
  "app/(app)/admin/members/page.tsx": { level: "admin" },
  "app/(app)/admin/integrations/page.tsx": { level: "admin" },
  "app/(app)/admin/integrations/new/page.tsx": { level: "admin" },
  "app/(app)/admin/integrations/[integrationId]/page.tsx": anIntegration,
  "app/(app)/admin/integrations/[integrationId]/log/page.tsx": anIntegration,
  "app/(app)/admin/integrations/[integrationId]/settings/page.tsx": anIntegration,

  "app/(app)/projects/page.tsx": { level: "signedIn" },
  "app/(app)/projects/new/page.tsx": { level: "admin" },
  "app/(app)/projects/[projectId]/bulk/[bulkId]/page.tsx": {
    level: "viewer",
    ids: ["projectId", "bulkId"],
    props: ({ projectId, bulkId }) => ({ params: { projectId, bulkId } }),
  },
  "app/(app)/projects/[projectId]/page.tsx": projectPage("viewer"),
  "app/(app)/projects/[projectId]/runs/page.tsx": projectPage("viewer"),
  "app/(app)/projects/[projectId]/runs/[runId]/page.tsx": {
    level: "viewer",
    ids: ["projectId", "runId"],
    props: ({ projectId, runId }) => ({ params: { projectId, runId } }),
  },
  "app/(app)/projects/[projectId]/runs/compare/page.tsx": {
    level: "viewer",
    ids: ["projectId", "runId"],
    props: ({ projectId, runId }) => ({ params: { projectId }, searchParams: { base: runId, head: runId } }),
  },
  "app/(app)/projects/[projectId]/cases/page.tsx": projectPage("viewer"),
  "app/(app)/projects/[projectId]/cases/[caseId]/page.tsx": {
    level: "viewer",
    ids: ["projectId", "caseId"],
    props: ({ projectId, caseId }) => ({ params: { projectId, caseId } }),
  },
  "app/(app)/projects/[projectId]/attachments/[attachmentId]/page.tsx": {
    level: "viewer",
    ids: ["projectId", "attachmentId"],
    props: ({ projectId, attachmentId }) => ({ params: { projectId, attachmentId } }),
  },
  "app/(app)/projects/[projectId]/settings/page.tsx": projectPage("projectAdmin"),
  "app/(app)/projects/[projectId]/settings/members/page.tsx": projectPage("projectAdmin"),
  "app/(app)/projects/[projectId]/settings/integrations/page.tsx": projectPage("projectAdmin"),
  "app/(app)/projects/[projectId]/settings/known-issues/page.tsx": projectPage("projectAdmin"),
  "app/(app)/projects/[projectId]/settings/secrets/page.tsx": projectPage("projectAdmin"),
};
