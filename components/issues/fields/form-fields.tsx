"use client";

import { RefreshCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { Typed } from "./keys";
import { TrackerFields } from "./tracker-fields";
import type { FormAt, useTrackerForm } from "./use-tracker-form";

type Props = {
  at: FormAt;
  tracked: ReturnType<typeof useTrackerForm>;
  typed: Typed;
  onEdit: (key: string, value: unknown) => void;
  errors: Readonly<Record<string, string>>;
  onFileThere?: () => void;
};

/** The part of the form that is the tracker's own, as it comes in. */
export function FormFields({ at, tracked, typed, onEdit, errors, onFileThere }: Props) {
  const { form, problem, query, reload, isReloading } = tracked;
  if (problem && !form)
    return (
      <div className="flex flex-col gap-2">
        <ProblemNotice problem={{ ...problem, title: `What the tracker asks for is not known: ${problem.title}` }} />
        <Button size="sm" className="self-start" busy={query.isFetching} onClick={() => void query.refetch()}>
          Try again
        </Button>
      </div>
    );
  if (!form)
    return (
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2" aria-busy>
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className="flex flex-col gap-1">
            <Skeleton className="h-5 w-24" />
            <Skeleton className="h-8" />
          </div>
        ))}
      </div>
    );
  const empty = form.fields.filter(({ id }) => errors[id] !== undefined);
  return (
    <section aria-label="The tracker's fields" className="flex flex-col gap-3">
      <TrackerFields
        at={at}
        // Another type's fields are other fields, even where they have the same name.
        key={`${form.project.remoteId} ${form.typeId}`}
        form={form}
        typed={typed}
        onEdit={onEdit}
        errors={errors}
        onFileThere={onFileThere}
      />
      {empty.length > 1 && (
        <p role="status" className="text-danger text-meta">
          {empty.length} fields need a look: {empty.map(({ name }) => name).join(", ")}.
        </p>
      )}
      <p className="flex items-center gap-1.5 text-meta text-muted">
        Fields as of <Time at={form.fetchedAt} />
        <button
          type="button"
          disabled={isReloading}
          onClick={() => void reload()}
          className="inline-flex items-center gap-1 underline-offset-2 hover:text-fg hover:underline"
        >
          <RefreshCw className={cn("size-3", isReloading && "animate-spin")} aria-hidden /> Reload from the tracker
        </button>
      </p>
    </section>
  );
}
