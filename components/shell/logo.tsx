/** The mark: two halves of a square, shifted along a fault. */
export const Logo = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 16 16" className={className} aria-hidden focusable="false">
    <path d="M2 4.5 8 1v6.5L2 11Z" fill="currentColor" />
    <path d="m14 11.5-6 3.5V8.5L14 5Z" fill="currentColor" opacity="0.55" />
  </svg>
);
