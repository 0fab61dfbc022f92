import { createTransport, type OutboundCallRecord } from "@/lib/http/transport";
import { code, codeBlock, doc, paragraph } from "@/lib/richtext/build";
import type { RichDoc } from "@/lib/richtext/doc";
import { renderBody } from "@/lib/richtext/render-body";
import type { ContractSandbox, ContractSetup, SandboxCredential } from "../contract";
import { offersOf } from "../offers";
import type { CreateIssueInput, Credential, IssueAddress, OpenTracker, ProjectRef, Settings } from "../tracker";
import { requiredOf } from "./required";

export type Context = ReturnType<typeof createContext>;
export type OpenOptions = {
  credential?: Credential;
  deadlineMs?: number;
  /** Without a job nothing may be written. */
  isOutsideJob?: boolean;
  sandbox?: ContractSandbox;
  allow?: readonly string[];
};

const credentialOf = ({ authType, values }: SandboxCredential): Credential => ({ type: authType, values });

/** What the cases share: a running sandbox, the tracker opened on it, and an issue to create. */
export function createContext(setup: ContractSetup) {
  const { tracker } = setup;
  let running: ContractSandbox | undefined;
  let seeded: ProjectRef | undefined;
  let records: OutboundCallRecord[] = [];
  let issues = 0;
  const settings = new Map<ContractSandbox, Settings>();

  const sandbox = () => present(running, "sandbox");
  const project = () => present(seeded, "project");

  function siteOf({ credential, deadlineMs = 5_000, isOutsideJob, sandbox: on = sandbox(), allow = [] }: OpenOptions) {
    const { fetch } = createTransport({
      policy: { allowPrivate: [new URL(on.url).host, new URL(on.apiUrl).host, ...allow] },
      ...(!isOutsideJob && { runId: "run" }),
      deadlineMs,
      record: (call) => void records.push(call),
    });
    return {
      baseUrl: tracker.baseUrlOf(on.apiUrl),
      credential: credential ?? credentialOf(on.credentials.write),
      settings: settings.get(on) ?? {},
      fetch,
    };
  }

  const open = (options: OpenOptions = {}): OpenTracker => tracker.open(siteOf(options));
  const address = async (): Promise<IssueAddress> => {
    const [first] = await sandbox().issues(setup.project);
    return { project: project(), ref: present(first, "seeded issue").ref };
  };

  /** An issue with all that the form requires; no two have the same title. */
  async function input(more: Partial<CreateIssueInput> & { description?: RichDoc } = {}): Promise<CreateIssueInput> {
    const { description = text("It ", code("fails"), " for @octocat."), ...rest } = more;
    const marker = `0190-${process.pid}-${issues++}`;
    const opened = open();
    const into = more.project ?? project();
    const types = await opened.listTypes?.({ project: into });
    const { typeName } = setup;
    const type = types?.find((one) => !one.isSubtask && one.name === (typeName ?? one.name));
    const form = await opened.getForm?.({ project: into, typeId: type?.id ?? null });
    return {
      project: into,
      title: `Payment fails ${marker}`,
      body: render(description, marker),
      labels: form?.labels === "none" ? [] : [labels()[0]],
      marker,
      typeId: type?.id ?? null,
      textField: form?.textField ?? null,
      fields: form ? await requiredOf(opened, into, type?.id ?? null, form) : [],
      ...rest,
    };
  }

  const render = (description: RichDoc, marker: string | null, limitChars = tracker.limits.bodyChars) =>
    renderBody(tracker.bodyFormat, limitChars, { description, marker }).output;
  const labels = () => setup.labels ?? (["bug", "flaky", "regression"] as const);

  return {
    setup,
    offers: offersOf(tracker),
    sandbox,
    project,
    address,
    open,
    input,
    render,
    labels,
    records: () => records,
    /** The call that ordinary failures are tried on. */
    read: async (options: OpenOptions = {}): Promise<unknown> => {
      const opened = open(options);
      return setup.reading ? setup.reading(opened, await address()) : opened.probe();
    },
    creations: () =>
      sandbox()
        .calls()
        .filter(({ method, path }) => method === setup.createCall.method && RegExp(setup.createCall.path).test(path)),
    /** What is really there under a title. */
    there: async (title: string) => (await sandbox().issues(setup.project)).filter((issue) => issue.title === title),
    async discover(on: ContractSandbox) {
      if (tracker.discover) settings.set(on, await tracker.discover(siteOf({ sandbox: on })));
    },
    async begin() {
      running = await setup.start({});
    },
    async refresh() {
      await sandbox().reset();
      records = [];
      if (!settings.has(sandbox())) await this.discover(sandbox());
      seeded = await open().getProject({ key: setup.project });
    },
    async end() {
      await running?.close();
    },
  };
}

/** A description of one paragraph and a trace. */
export const text = (...inline: Parameters<typeof paragraph>): RichDoc =>
  doc(paragraph(...inline), codeBlock("Error: no\n    at pay (pay.ts:3)", "text"));

/** What a test needs in order to say anything at all. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`There is no ${what}.`);
  return value;
}

/** A method that the tracker offers, to be called on what was opened. */
export function method<K extends keyof OpenTracker>(opened: OpenTracker, name: K): NonNullable<OpenTracker[K]> {
  const offered = opened[name];
  if (!offered) throw new Error(`${name} is not offered.`);
  return offered;
}

/** Registers cases where all of these are offered, and nothing otherwise. */
export const offering = ({ offers }: Context, names: readonly (keyof OpenTracker)[], register: () => void): void => {
  if (names.every((name) => offers[name] !== undefined)) register();
};

type PageOf<T> = { readonly items: readonly T[]; readonly next: string | null };

/** All pages, one after the other; a list that never ends fails. */
export async function allOf<T>(page: (cursor: string | null) => Promise<PageOf<T>>, mostPages = 500) {
  const pages: (readonly T[])[] = [];
  let cursor: string | null = null;
  do {
    const { items, next }: PageOf<T> = await page(cursor);
    pages.push(items);
    cursor = next;
    if (pages.length > mostPages) throw new Error(`The list has no end after ${mostPages} pages.`);
  } while (cursor !== null);
  return { items: pages.flat(), pages: pages.length };
}
