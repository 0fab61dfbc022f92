import { Prisma } from "@/lib/db/generated/client";

/**
 * What has become of an item `i` with its creation `c`: there is no second state beside that of the creation. One that
 * has joined another's creation was not cancelled when that was let go of; it can be tried again by itself.
 */
export const outcomeSql = Prisma.sql`case
  when i.state in ('waiting', 'exists', 'cancelled') then i.state
  when i.state = 'refused' or c.id is null then 'failed'
  when c.state = 'created' then 'created'
  when c.state = 'failed' then case when c."dismissedAt" is null or i.state = 'joined' then 'failed' else 'cancelled' end
  when c.state = 'held' then 'held'
  when c.state = 'unknown' then case when c."retryAt" is null then 'undecided' else 'checking' end
  else 'creating' end`;
