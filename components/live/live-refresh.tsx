"use client";

import { useRouter } from "next/navigation";
import { useLive } from "./use-live";

/** Reads a server-rendered page again when something that it shows has changed somewhere else. */
export function LiveRefresh({ topics, projectId }: { topics: string[]; projectId?: string }) {
  const router = useRouter();
  useLive({ topics, ...(projectId && { projectId }) }, () => router.refresh());
  return null;
}
