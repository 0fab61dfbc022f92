import { Link } from "@/components/ui/link";
import type { JobDetail, Subject } from "@/lib/jobs/shapes";

/** The events that the job works on, by the ids in them: what an event holds besides is not shown. */
export const Events = ({ job: { events, eventCount } }: { job: JobDetail }) => (
  <ul className="flex flex-col gap-3">
    {events.map((event) => (
      <li key={event.id} className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <code className="break-all font-mono text-code">{event.name}</code>
          <code className="break-all font-mono text-code text-muted">{event.id}</code>
        </p>
        {event.subjects.length > 0 && (
          <dl className="mt-1 grid grid-cols-[6rem_minmax(0,1fr)] sm:grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-1">
            {event.subjects.map((subject) => (
              <Row key={`${subject.kind} ${subject.id}`} {...subject} />
            ))}
          </dl>
        )}
      </li>
    ))}
    {eventCount > events.length && (
      <li className="text-muted">and {(eventCount - events.length).toLocaleString("en")} more events</li>
    )}
  </ul>
);

const Row = ({ kind, id, name, path }: Subject) => (
  <>
    <dt className="truncate text-muted" title={kind}>
      {kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}
    </dt>
    <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      {path && (
        <Link href={path} className="min-w-0 break-words text-link underline underline-offset-2">
          {name}
        </Link>
      )}
      <code className="break-all font-mono text-code text-muted">{id}</code>
    </dd>
  </>
);
