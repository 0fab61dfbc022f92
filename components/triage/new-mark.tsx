/** A problem that no run before this one had. */
export const NewMark = () => (
  <span className="inline-flex h-5 shrink-0 items-center rounded bg-accent px-1.5 font-semibold text-meta text-on-accent">
    NEW
  </span>
);
