"use client";

import { Link2, Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { problemOf } from "@/components/api";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { toast } from "@/components/ui/toast";
import type { CreationView } from "@/lib/issues/shapes";

/** Throws the problem when the answer is refused. */
export type Decide = (decision: { found: true; ref: string } | { found: false }) => Promise<unknown>;

type Props = { creation: CreationView; onDecide: Decide };

/** Nobody knows whether the issue was created: a person, who can see it in the tracker, says so. */
export function DecideCreation({ creation, onDecide }: Props) {
  const { externalProject, title } = creation;
  return (
    <>
      <Popover>
        <PopoverTrigger asChild>
          <Button size="sm">
            <Link2 aria-hidden /> It is there
          </Button>
        </PopoverTrigger>
        <PopoverContent align="start" aria-label="The issue that was created" className="w-80 max-w-[90vw]">
          <FoundForm externalProject={externalProject} onFound={(ref) => onDecide({ found: true, ref })} />
        </PopoverContent>
      </Popover>
      <Confirm
        trigger={
          <Button size="sm">
            <Plus aria-hidden /> It is not there
          </Button>
        }
        title={`Create “${title}” now?`}
        consequence={`You have looked in ${externalProject} and it is not there. Faultline looks once more, and then creates it.`}
        action="Create issue"
        onConfirm={() => onDecide({ found: false }).catch((error) => toast.error(problemOf(error).detail))}
      />
    </>
  );
}

function FoundForm({
  externalProject,
  onFound,
}: {
  externalProject: string;
  onFound: (ref: string) => Promise<unknown>;
}) {
  const [ref, setRef] = useState("");
  const [refused, setRefused] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused(undefined);
    try {
      await onFound(ref.trim());
    } catch (error) {
      setRefused(problemOf(error).detail);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <Field label="Its address or key" error={refused} hint={`An issue of ${externalProject}.`}>
        <Input
          value={ref}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder={`${externalProject}#12`}
          onChange={(event) => setRef(event.target.value)}
        />
      </Field>
      <Button variant="primary" type="submit" size="sm" disabled={ref.trim() === ""} busy={isBusy}>
        Take this issue
      </Button>
    </form>
  );
}
