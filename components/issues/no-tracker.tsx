import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";

/** What stands in a dialog that files issues while the project has nowhere to file them. */
export const NoTracker = ({ projectId }: { projectId: string }) => (
  <Notice
    title="This project has no tracker yet"
    action={
      <Button asChild size="sm">
        <Link href={`/projects/${projectId}/settings/integrations`}>Choose one</Link>
      </Button>
    }
  >
    A project administrator assigns an integration and a repository in the project's settings.
  </Notice>
);
