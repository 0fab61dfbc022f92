"use client";

import type { ReactNode } from "react";
import { NativeSelect } from "@/components/ui/input";
import { useAct } from "./use-act";

type Props<Role extends string> = {
  name: string;
  /** The line below the name. */
  about: ReactNode;
  isSelf: boolean;
  role: Role;
  roles: Record<Role, string>;
  /** Why nothing can be changed. */
  locked?: string | undefined;
  onRole: (role: Role) => Parameters<ReturnType<typeof useAct>>[0];
  children: ReactNode;
};

/** One person of a workspace or a project: the role, which changes at once, and what else can be done. */
export function PersonRow<Role extends string>(props: Props<Role>) {
  const { name, about, isSelf, role, roles, locked, onRole, children } = props;
  const act = useAct();
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b py-1.5">
      <div className="min-w-48 flex-1">
        <p className="truncate font-medium">
          {name} {isSelf && <span className="font-normal text-muted">(you)</span>}
        </p>
        <p className="truncate text-meta text-muted">{about}</p>
      </div>
      <NativeSelect
        aria-label={`Role of ${name}`}
        value={role}
        disabled={locked !== undefined}
        title={locked}
        onChange={({ target }) => {
          const next = target.value as Role; // the options are the roles
          void act(onRole(next), `${name} is ${roles[next].toLowerCase()} now.`);
        }}
        className="w-36"
      >
        {Object.entries<string>(roles).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </NativeSelect>
      {children}
    </li>
  );
}
