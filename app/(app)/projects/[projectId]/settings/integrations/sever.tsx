"use client";

import { useRouter } from "next/navigation";
import { call, problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { toast } from "@/components/ui/toast";
import { counted } from "@/lib/integrations/counted";
import type { Severed } from "@/lib/integrations/sever-links";
import type { Uses } from "./unassign";
import { attemptOf, useChange } from "./use-change";

type Props = { ids: { projectId: string; assignmentId: string }; name: string; uses: Uses };

const mostUndone = 2_000;

/** Takes all issues of a tracker off the project's tests, after saying how many; it can be taken back while its message is there. */
export function SeverLinks({ ids, name, uses: { issues, links } }: Props) {
  const router = useRouter();
  const { change, problem } = useChange();
  const path = `/api/projects/${ids.projectId}/integrations/${ids.assignmentId}/links`;
  if (links === 0) return null;

  const restore = async (undoId: string) => {
    try {
      const { restored } = await call<{ restored: number }>(`${path}/restore`, { method: "POST", body: { undoId } });
      toast.success(`${counted(restored, "link")} put back.`);
      router.refresh();
    } catch (error) {
      toast.error(problemOf(error).detail);
    }
  };
  const sever = () =>
    change({
      work: () =>
        attemptOf(async () => {
          const { removed, undoId } = await call<Severed>(`${path}?confirm=true`, { method: "DELETE" });
          toast(`${counted(removed, "link")} severed.`, {
            duration: 30_000,
            ...(undoId && { action: { label: "Undo", onClick: () => void restore(undoId) } }),
          });
        }),
    });

  return (
    <div>
      <Confirm
        danger
        trigger={
          <Button size="sm" variant="danger">
            Sever all {counted(links, "link")}…
          </Button>
        }
        title={`Sever all links to “${name}” in this project?`}
        consequence={
          <>
            Takes {counted(issues, "issue")} off the tests, results and problems that they are linked to:{" "}
            {counted(links, "link")}. The issues themselves stay as they are, in {name} too.
            {links > mostUndone && " These are too many to be put back: this cannot be undone."}
          </>
        }
        action={`Sever ${counted(links, "link")}`}
        onConfirm={sever}
      />
      {problem && <ProblemNotice problem={problem} className="mt-2" />}
    </div>
  );
}
