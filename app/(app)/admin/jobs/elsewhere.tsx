import { ExternalLink, Workflow } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";

/** What the page says where a real Inngest runs the jobs: they are listed, retried and cancelled there. */
export const Elsewhere = ({ url }: { url: string }) => (
  <Empty
    icon={Workflow}
    title="The jobs run on Inngest"
    action={
      <Button variant="primary" asChild>
        <a href={url} target="_blank" rel="noreferrer">
          <ExternalLink aria-hidden /> Open Inngest
        </a>
      </Button>
    }
  >
    This installation hands its jobs to the Inngest server at {new URL(url).host}. Their runs, steps and retries are
    shown there, and there you replay or cancel them.
  </Empty>
);
