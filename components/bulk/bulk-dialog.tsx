"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call, problemOf } from "@/components/api";
import { NoTracker } from "@/components/issues/no-tracker";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { FormView } from "@/lib/issues/shapes";
import { BulkForm } from "./bulk-form";

/** What was chosen: problems or results by hand, what a list shows (`status` makes it the list of results); null: all. */
export type BulkSelection = { groupIds?: string[]; resultIds?: string[]; filter?: Record<string, string> } | null;

export type BulkDialogProps = {
  projectId: string;
  runId: string;
  selection: BulkSelection;
  onClose: () => void;
  onCloseAutoFocus: (event: Event) => void;
};

/** Files many failures of a run at once: what will happen is counted before. Loaded on first use. */
export default function BulkDialog(props: BulkDialogProps) {
  const { projectId, onClose, onCloseAutoFocus } = props;
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(null);
  const { data, error } = useQuery({
    queryKey: ["bulk-targets", projectId],
    queryFn: ({ signal }) => call<FormView>(`/api/projects/${projectId}/bulk/plan`, { signal }),
    gcTime: 0,
  });
  const integrations = data?.integrations.filter(({ canCreate }) => canCreate);
  const integration = integrations?.find(({ id }) => id === (chosen ?? data?.integrationId));
  const close = <Button onClick={onClose}>Close</Button>;
  const onStarted = () => {
    void client.invalidateQueries({ queryKey: ["bulks", projectId] });
    onClose();
  };

  return (
    <Dialog open onOpenChange={(opened) => !opened && onClose()}>
      {error ? (
        <DialogContent title="Create issues" footer={close} onCloseAutoFocus={onCloseAutoFocus}>
          <ProblemNotice problem={problemOf(error)} />
        </DialogContent>
      ) : integrations?.length === 0 ? (
        <DialogContent title="Create issues" footer={close} onCloseAutoFocus={onCloseAutoFocus}>
          <NoTracker projectId={projectId} />
        </DialogContent>
      ) : integrations && integration ? (
        <BulkForm
          {...props}
          key={integration.id}
          integrations={integrations}
          integration={integration}
          onIntegration={setChosen}
          onStarted={onStarted}
        />
      ) : (
        <DialogContent title="Create issues" aria-busy onCloseAutoFocus={onCloseAutoFocus}>
          <div className="flex flex-col gap-3 pb-3">
            <Skeleton className="h-14" />
            <Skeleton className="h-36" />
            <Skeleton className="h-14" />
            <Skeleton className="h-20" />
          </div>
        </DialogContent>
      )}
    </Dialog>
  );
}
