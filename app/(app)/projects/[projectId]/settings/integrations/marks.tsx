import { Archive, Globe } from "lucide-react";
import { Badge } from "@/components/ui/badge";

/** What people should know before they file something there. */
export const Marks = ({ isPublic, isArchived }: { isPublic: boolean; isArchived: boolean }) => (
  <>
    {isPublic && (
      <Badge title="Everybody on the internet can read what is filed here">
        <Globe aria-hidden /> public
      </Badge>
    )}
    {isArchived && (
      <Badge title="Nothing can be filed here any more">
        <Archive aria-hidden /> archived
      </Badge>
    )}
  </>
);
