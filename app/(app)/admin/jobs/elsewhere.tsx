import { ExternalLink, Workflow } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

type Props = {
  url: string;
  /** The address is that of one run. */
  isRun?: boolean;
};

/** What the pages say where a real Inngest runs the jobs: they are listed, retried and cancelled there. */
export const Elsewhere = ({ url, isRun = false }: Props) => (
  <Empty
    icon={Workflow}
    title={isRun ? "This job runs on Inngest" : "The jobs run on Inngest"}
    action={
      <Button variant="primary" asChild>
        <a href={url} target="_blank" rel="noreferrer">
          <ExternalLink aria-hidden /> {isRun ? "Open the run" : "Open Inngest"}
        </a>
      </Button>
    }
  >
    This installation hands its jobs to the Inngest server at {new URL(url).host}. Their runs, steps and retries are
    shown there, and there you replay or cancel them.
  </Empty>
);
