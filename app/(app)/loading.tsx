import { Page } from "@/components/ui/page";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page>
      <Skeleton className="mb-5 h-6 w-56" />
      <div className="flex flex-col gap-2" role="status" aria-label="Loading">
        {["a", "b", "c", "d", "e", "f"].map((key) => (
          <Skeleton key={key} className="h-8" />
        ))}
      </div>
    </Page>
  );
}
