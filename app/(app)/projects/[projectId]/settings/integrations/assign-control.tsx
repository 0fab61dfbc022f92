"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { toast } from "@/components/ui/toast";
import type { Assignable } from "@/lib/integrations/list-assignable";
import { assign } from "./actions";

type Props = { projectId: string; assignable: Assignable[]; isFirst?: boolean };

/** Offers the workspace's trackers that the project does not have. */
export function AssignControl({ projectId, assignable, isFirst }: Props) {
  const router = useRouter();
  const [isBusy, start] = useTransition();

  const choose = ({ id, name }: Assignable) =>
    start(async () => {
      const answer = await assign({ projectId, integrationId: id });
      if (!answer.ok) return void toast.error(answer.error.title, { description: answer.error.detail });
      toast.success(`${name} is assigned.`);
      router.refresh();
    });

  if (assignable.length === 0) return null;
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant={isFirst ? "primary" : "outline"} busy={isBusy}>
          {!isBusy && <Plus aria-hidden />} Assign integration
        </Button>
      </MenuTrigger>
      <MenuContent align={isFirst ? "center" : "end"}>
        {assignable.map((integration) => (
          <MenuItem key={integration.id} onSelect={() => choose(integration)}>
            <span className="min-w-0 flex-1 truncate">{integration.name}</span>
            <span className="text-meta text-muted">
              {integration.providerLabel} · {new URL(integration.baseUrl).host}
            </span>
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
