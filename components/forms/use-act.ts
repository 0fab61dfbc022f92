"use client";

import { useRouter } from "next/navigation";
import { toast } from "@/components/ui/toast";
import type { Attempt } from "@/lib/boundary";

/** For buttons: runs an action, says what came of it, and shows the page as it is now. */
export function useAct() {
  const router = useRouter();
  return async (work: Promise<Attempt<unknown>>, done: string): Promise<void> => {
    const result = await work;
    if (result.ok) toast.success(done);
    else toast.error(result.error.detail);
    router.refresh();
  };
}
