"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { ProjectRoleField } from "../../projects/project-role-field";
import { invite } from "./actions";

type Props = { projects: { id: string; name: string }[] };

/** Makes an invitation and shows its link, once. */
export function Invite({ projects }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [link, setLink] = useState<string | null>(null);

  const change = (open: boolean) => {
    setOpen(open);
    setLink(null);
    if (!open && link) router.refresh();
  };

  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <UserPlus aria-hidden /> Invite
        </Button>
      </DialogTrigger>
      {link ? (
        <DialogContent
          title="Send this link"
          footer={
            <DialogClose asChild>
              <Button variant="primary">Done</Button>
            </DialogClose>
          }
        >
          <Notice tone="warning">Copy it now: it cannot be shown again. It works once, for seven days.</Notice>
          <div className="my-4 flex items-start gap-2">
            <code className="min-w-0 flex-1 break-all rounded-md border bg-subtle px-2.5 py-1.5 font-mono text-code">
              {link}
            </code>
            <CopyButton text={link} label="Copy the link">
              Copy
            </CopyButton>
          </div>
        </DialogContent>
      ) : (
        <DialogContent title="Invite somebody" description="You get a link that you send yourself.">
          <ActionForm
            action={invite}
            submit="Create link"
            onDone={({ url }) => setLink(url)}
            buttons="end"
            className="pb-3"
          >
            {(errors) => <InviteFields projects={projects} errors={errors} />}
          </ActionForm>
        </DialogContent>
      )}
    </Dialog>
  );
}

function InviteFields({ projects, errors }: Props & { errors: Record<string, string> }) {
  const [projectId, setProjectId] = useState("");
  return (
    <>
      <Field label="E-mail" hint="Optional: then only this address can use the link." error={errors.email}>
        <Input name="email" type="email" autoComplete="off" maxLength={254} autoFocus />
      </Field>
      <Field label="Role in the workspace" error={errors.workspaceRole}>
        <NativeSelect name="workspaceRole" defaultValue="MEMBER">
          <option value="MEMBER">Member: sees the projects that they are in</option>
          <option value="ADMIN">Administrator: sees and manages everything</option>
        </NativeSelect>
      </Field>
      <Field label="Project" hint="Optional: they are in it from the start." error={errors.projectId}>
        <NativeSelect name="projectId" value={projectId} onChange={(event) => setProjectId(event.target.value)}>
          <option value="">None yet</option>
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      </Field>
      {projectId && <ProjectRoleField name="projectRole" label="Role in the project" error={errors.projectRole} />}
    </>
  );
}
