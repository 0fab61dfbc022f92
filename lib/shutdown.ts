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
