"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { call, problemOf } from "@/components/api";
import { toast } from "@/components/ui/toast";
import type { ReporterForm } from "@/lib/issues/form/reporter-field";
import type { TrackerForm } from "@/lib/issues/form/tracker-form";

/** Where a form stands: a place of a tracker, and the type that was chosen there. */
export type FormAt = {
  projectId: string;
  integrationId: string;
  externalProject: string | null;
  typeId: string | null;
};

const pathOf = ({ projectId, integrationId, externalProject, typeId }: FormAt, more: Record<string, string> = {}) => {
  const query = new URLSearchParams({
    integrationId,
    ...(externalProject && { externalProject }),
    ...(typeId && { typeId }),
    ...more,
  });
  return (route: string) => `/api/projects/${projectId}/issue-form${route}?${query}`;
};

/** The tracker's own form; `isNeeded`: this tracker has types or fields of its own. What is typed is kept elsewhere. */
export function useTrackerForm(at: FormAt, isNeeded: boolean) {
  const client = useQueryClient();
  const [isReloading, setReloading] = useState(false);
  const queryKey = ["tracker-form", at];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => call<TrackerForm>(pathOf(at)(""), { signal }),
    enabled: isNeeded,
    retry: false,
    // A news that comes while somebody types only adds and takes away fields: what was typed is not in here.
    staleTime: 30_000,
  });
  /** Whoever has just changed something at the tracker does not want to wait. */
  const reload = async () => {
    setReloading(true);
    try {
      client.setQueryData(queryKey, await call<TrackerForm>(pathOf(at, { reload: "true" })("")));
      await client.invalidateQueries({ queryKey: ["field-options"] });
    } catch (error) {
      toast.error(problemOf(error).detail);
    } finally {
      setReloading(false);
    }
  };
  const known = query.data;
  const isNamed = known?.fields.some(({ role }) => role === "reporter") ?? false;
  const filedAt = { ...at, typeId: known?.typeId ?? at.typeId };
  // Beside the form, which is there before the tracker has named all of its accounts.
  const reporter = useQuery({
    queryKey: ["form-reporter", filedAt],
    queryFn: ({ signal }) => call<ReporterForm>(pathOf(filedAt)("/reporter"), { signal }),
    enabled: isNamed,
    retry: false,
    staleTime: 60_000,
  });
  const { fieldId, account } = reporter.data ?? {};
  const form = useMemo(
    () => (known && fieldId && account ? { ...known, values: { ...known.values, [fieldId]: account } } : known),
    [known, fieldId, account],
  );
  return {
    form,
    reporter: reporter.data ?? null,
    problem: query.error ? problemOf(query.error) : null,
    query,
    reload,
    isReloading,
  };
}

/** A page of choices, or of labels. */
export const searchPath = (at: FormAt, route: "/options" | "/labels", search: Record<string, string>): string =>
  pathOf(at, search)(route);
