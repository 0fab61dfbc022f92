"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { FieldErrors } from "@/lib/errors";
import { createToken } from "../actions";

type Scopes = { name: string; meaning: string }[];

const lives = [
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "one year"],
  ["never", "never"],
] as const;

/** Makes a token and shows it, once. */
export function NewToken({ scopes }: { scopes: Scopes }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [token, setToken] = useState<string | null>(null);

  const change = (open: boolean) => {
    setOpen(open);
    setToken(null);
    if (!open && token) router.refresh();
  };

  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden /> New token
        </Button>
      </DialogTrigger>
      {token ? (
        <DialogContent
          title="Your new token"
          footer={
            <DialogClose asChild>
              <Button variant="primary">Done</Button>
            </DialogClose>
          }
        >
          <Notice tone="warning">Copy it now: it is not stored and cannot be shown again.</Notice>
          <div className="my-4 flex items-start gap-2">
            <code className="min-w-0 flex-1 break-all rounded-md border bg-subtle px-2.5 py-1.5 font-mono text-code">
              {token}
            </code>
            <CopyButton text={token} label="Copy the token">
              Copy
            </CopyButton>
          </div>
        </DialogContent>
      ) : (
        <DialogContent title="New token">
          <ActionForm
            action={createToken}
            submit="Create token"
            onDone={(made) => setToken(made.token)}
            buttons="end"
            className="pb-3"
          >
            {(errors) => (
              <>
                <Field label="Name" hint="What uses it, such as “CI of checkout”." error={errors.name} required>
                  <Input name="name" maxLength={100} autoComplete="off" autoFocus />
                </Field>
                <ScopeBoxes scopes={scopes} errors={errors} />
                <Field label="Expires" error={errors.expiresInDays}>
                  <NativeSelect name="expiresInDays" defaultValue="90">
                    {lives.map(([value, label]) => (
                      <option key={value} value={value}>
                        {label}
                      </option>
                    ))}
                  </NativeSelect>
                </Field>
              </>
            )}
          </ActionForm>
        </DialogContent>
      )}
    </Dialog>
  );
}

const ScopeBoxes = ({ scopes, errors }: { scopes: Scopes; errors: FieldErrors }) => (
  <fieldset className="flex flex-col gap-1.5">
    <legend className="mb-1 font-medium">Scopes</legend>
    {scopes.map(({ name, meaning }) => (
      // biome-ignore lint/a11y/noLabelWithoutControl: the box is the control.
      <label key={name} className="flex items-start gap-2">
        <Checkbox name="scopes" value={name} defaultChecked={name === "read" || name === "import"} className="mt-0.5" />
        <span>
          <span className="font-medium">{name}</span> <span className="text-muted">{meaning}</span>
        </span>
      </label>
    ))}
    {errors.scopes && (
      <p role="alert" className="text-danger text-meta">
        {errors.scopes}
      </p>
    )}
  </fieldset>
);
