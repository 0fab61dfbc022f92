import { SearchX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";

/** What is absent and what is not theirs look alike. */
export const NothingHere = () => (
  <Empty
    icon={SearchX}
    heading="h1"
    title="There is nothing here"
    action={
      <Button asChild>
        <Link href="/projects">Go to your projects</Link>
      </Button>
    }
  >
    The address is wrong, it was deleted, or you are not a member of the project. Ask whoever sent it to you.
  </Empty>
);
