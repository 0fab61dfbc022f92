import { Download } from "lucide-react";
import { inBytes } from "@/components/attachments/size";
import { inlineUrl } from "@/components/attachments/upload";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Page, PageHeader } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { showAttachment } from "@/lib/attachments/find";
import { requireMember } from "@/lib/auth/gates";
import { admit } from "@/lib/boundary";
import { getProject } from "@/lib/projects/list";
import { titleIn } from "../../../title";

type Props = { params: Promise<{ projectId: string; attachmentId: string }> };

export async function generateMetadata({ params }: Props) {
  const { projectId, attachmentId } = await params;
  return titleIn(projectId, async (member) => (await showAttachment(member, attachmentId)).file.name);
}

/** One file, for members of the project: where issues of trackers lead that cannot hold it. */
export default async function AttachmentPage({ params }: Props) {
  const { projectId, attachmentId } = await params;
  const member = await admit(() => requireMember(projectId, "project.read"));
  const [project, { file, result }] = await Promise.all([
    getProject(member),
    admit(() => showAttachment(member, attachmentId)),
  ]);
  const { name, sizeBytes, width, height, note, url, createdAt } = file;
  const src = inlineUrl(file);
  return (
    <Page wide>
      <Breadcrumbs
        steps={[
          { label: "Projects", href: "/projects" },
          { label: project.name, href: `/projects/${projectId}` },
          ...(result
            ? [{ label: result.name, href: `/projects/${projectId}/runs/${result.runId}?result=${result.resultId}` }]
            : []),
          { label: name },
        ]}
      />
      <PageHeader
        title={<span dir="auto">{name}</span>}
        description={
          <p>
            {inBytes(sizeBytes)}
            {width !== null && ` · ${width} × ${height}`} · added <Time at={createdAt} />
            {result && (
              <>
                {" to "}
                <Link
                  href={`/projects/${projectId}/runs/${result.runId}?result=${result.resultId}`}
                  className="break-words text-link underline underline-offset-2"
                >
                  {result.name}
                </Link>
              </>
            )}
          </p>
        }
        actions={
          <Button asChild variant="primary">
            <a href={url} download={name}>
              <Download aria-hidden /> Download
            </a>
          </Button>
        }
      />
      {note && <Notice className="mb-4">{note}</Notice>}
      {src ? (
        <a href={src} className="inline-block max-w-full rounded-md border bg-subtle">
          {/* biome-ignore lint/performance/noImgElement: it is one's own answer to who asks; an optimizer has no session. */}
          <img
            src={src}
            alt={name}
            width={width ?? undefined}
            height={height ?? undefined}
            className="h-auto max-w-full"
          />
        </a>
      ) : (
        <p className="text-muted">This kind of file is not shown here. Download it to look into it.</p>
      )}
    </Page>
  );
}
