import { Skeleton } from "@/components/ui/skeleton";

/** The editor's size before the editor is there. */
export const EditorSkeleton = () => (
  <div aria-busy className="flex min-h-56 flex-col rounded-md border border-line-strong bg-surface">
    <div className="flex min-h-9 items-center gap-1 border-b px-1">
      <Skeleton className="h-5 w-64" />
    </div>
    <div className="flex grow flex-col gap-2 px-3 py-3">
      <Skeleton className="h-4 w-4/5" />
      <Skeleton className="h-4 w-3/5" />
    </div>
    <div className="min-h-8 border-t" />
    <span className="sr-only">The editor is loading</span>
  </div>
);
