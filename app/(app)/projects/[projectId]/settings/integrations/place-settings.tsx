"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { call, problemOf } from "@/components/api";
import { NativeSelect } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import type { AssignmentListed } from "@/lib/integrations/list-assignments";
import type { IssueType } from "@/lib/trackers/tracker";
import { attemptOf, useChange } from "./use-change";

type External = AssignmentListed["externalProjects"][number];
type Change = { defaultTypeId?: string | null; uploadsFiles?: boolean | null };
type Props = { ids: { projectId: string; assignmentId: string }; assignment: AssignmentListed; external: External };

/** What new issues of one place are like, in sentences; only what its tracker knows of. */
export function PlaceSettings({ ids, assignment, external }: Props) {
  const { change, isBusy, problem } = useChange();
  const { hasTypes, uploadsFiles } = assignment;
  if (!hasTypes && !uploadsFiles) return null;
  const path = `/api/projects/${ids.projectId}/integrations/${ids.assignmentId}/external-projects/${external.id}`;
  const set = (body: Change, done: string) =>
    change({ work: () => attemptOf(() => call(path, { method: "PATCH", body })), done });
  return (
    <div className="flex w-full flex-wrap items-center gap-x-4 gap-y-1 pb-1 text-muted">
      {hasTypes && (
        <TypeChoice
          path={path}
          external={external}
          isBusy={isBusy}
          onChoose={(type) =>
            set({ defaultTypeId: type?.id ?? null }, `New issues in ${external.key} are ${type?.name ?? "as usual"}.`)
          }
        />
      )}
      {uploadsFiles && (
        <UploadSwitch
          external={external}
          isBusy={isBusy}
          onChange={(isOn) =>
            set({ uploadsFiles: isOn }, isOn ? "Files are uploaded there." : "Files stay here, and are linked to.")
          }
        />
      )}
      {problem && (
        <p role="alert" className="w-full text-danger text-meta">
          {problem.detail}
        </p>
      )}
    </div>
  );
}

type TypeProps = {
  path: string;
  external: External;
  isBusy: boolean;
  onChoose: (type: IssueType | null) => void;
};

/** The tracker is asked for its types when somebody reaches for them, not each time that the page is read. */
function TypeChoice({ path, external, isBusy, onChoose }: TypeProps) {
  const [isWanted, setWanted] = useState(false);
  const id = useId();
  const { defaultTypeId, defaultTypeName, key } = external;
  const { data, error, isFetching } = useQuery({
    queryKey: ["project-types", path],
    queryFn: ({ signal }) => call<{ types: IssueType[] | null }>(`${path}/types`, { signal }),
    enabled: isWanted,
    staleTime: 60_000,
  });
  const types = data?.types ?? [];
  const isGone = data !== undefined && defaultTypeId !== null && !types.some((type) => type.id === defaultTypeId);
  const want = () => setWanted(true);
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <label htmlFor={id}>as</label>
      <NativeSelect
        id={id}
        aria-label={`The usual type of issues in ${key}`}
        className="h-7 w-auto max-w-56"
        value={defaultTypeId ?? ""}
        disabled={isBusy}
        aria-busy={isFetching}
        onFocus={want}
        onPointerEnter={want}
        onChange={({ target }) => onChoose(types.find((type) => type.id === target.value) ?? null)}
      >
        <option value="">the tracker's usual type</option>
        {/* Until the others are known, and when it is no longer one of them. */}
        {defaultTypeId !== null && (!data || isGone) && (
          <option value={defaultTypeId}>{isGone ? `${defaultTypeName} (gone)` : defaultTypeName}</option>
        )}
        {types.map((type) => (
          <option key={type.id} value={type.id} disabled={type.isSubtask}>
            {type.isSubtask ? `${type.name} (under another issue only)` : type.name}
          </option>
        ))}
      </NativeSelect>
      {error && <span className="text-danger text-meta">{problemOf(error).detail}</span>}
    </span>
  );
}

type UploadProps = { external: External; isBusy: boolean; onChange: (isOn: boolean) => void };

function UploadSwitch({ external: { uploadsFiles, isPublic }, isBusy, onChange }: UploadProps) {
  const id = useId();
  return (
    <span className="flex items-center gap-2">
      <Switch id={id} checked={uploadsFiles ?? !isPublic} disabled={isBusy} onCheckedChange={onChange} />
      <label htmlFor={id}>upload files there, where whoever has their address can read them</label>
    </span>
  );
}
