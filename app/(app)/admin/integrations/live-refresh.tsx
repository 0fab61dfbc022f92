"use client";

import { useRouter } from "next/navigation";
import { useLive } from "@/components/live/use-live";

/** Reads the page again when an integration has changed somewhere else. */
export function LiveRefresh({ projectId }: { projectId?: string }) {
  const router = useRouter();
  useLive({ topics: ["integration"], ...(projectId && { projectId }) }, () => router.refresh());
  return null;
}
