type Hook = () => void | Promise<void>;

const kept = globalThis as typeof globalThis & { faultlineShutdown?: Set<Hook> };

const hooks = () => {
  kept.faultlineShutdown ??= new Set();
  return kept.faultlineShutdown;
};

/** Registers work to be done before the process ends: open streams are closed, running jobs are released. */
export function onShutdown(hook: Hook): void {
  hooks().add(hook);
}

/** Runs every hook; one that fails does not keep the others from running. */
export async function runShutdown(): Promise<void> {
  await Promise.allSettled([...hooks()].map(async (hook) => hook()));
  hooks().clear();
}

/** Waits for the work, but no longer than that. True when it was done in time, whether or not it failed. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((done) => {
    timer = setTimeout(done, ms, false);
  });
  const done = work.then(
    () => true,
    () => true,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
