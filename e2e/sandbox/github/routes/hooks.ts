import { z } from "zod";
import { dispatch, redeliver } from "../hooks";
import { type Hook, now } from "../state";
import { type Context, mayChange, notFound, paged, parsed, Refusal, type Route, repoIn, route } from "./route";

const input = z.object({
  name: z.literal("web").default("web"),
  active: z.boolean().default(true),
  events: z.array(z.string()).default(["push"]),
  config: z.object({ url: z.url(), secret: z.string().optional(), content_type: z.string().optional() }),
});

function hookIn(context: Context): Hook {
  const repo = repoIn(context);
  const found = context.state.hooks.find(({ id, repoId }) => id === Number(context.params.id) && repoId === repo.id);
  if (!found) throw notFound();
  return found;
}

function deliveriesOf(context: Context) {
  const hook = hookIn(context);
  return context.state.deliveries.filter(({ hookId }) => hookId === hook.id).reverse();
}

export const hookRoutes: Route[] = [
  route("GET", "/repos/:owner/:repo/hooks", (context) => {
    const repo = repoIn(context);
    return paged(
      context,
      context.state.hooks.filter(({ repoId }) => repoId === repo.id),
      context.shapes.hook,
    );
  }),
  route("POST", "/repos/:owner/:repo/hooks", (context) => {
    const repo = repoIn(context);
    mayChange(context, "");
    const { config, events, active } = parsed(input, context.body);
    if (context.state.hooks.some((one) => one.repoId === repo.id && one.url === config.url)) {
      throw new Refusal(422, "Validation Failed", [
        { resource: "Hook", code: "custom", message: "Hook already exists on this repository" },
      ]);
    }
    const secret = config.secret ?? null;
    const hook = {
      id: context.state.nextId++,
      repoId: repo.id,
      url: config.url,
      secret,
      events,
      active,
      created_at: now(),
    };
    context.state.hooks.push(hook);
    dispatch(context.state, repo.id, "ping", null, {
      zen: "Keep it logically awesome.",
      hook_id: hook.id,
      hook: context.shapes.hook(hook),
      repository: context.shapes.repo(repo, true),
    });
    return { status: 201, data: context.shapes.hook(hook) };
  }),
  route("GET", "/repos/:owner/:repo/hooks/:id", (context) => ({
    status: 200,
    data: context.shapes.hook(hookIn(context)),
  })),
  route("DELETE", "/repos/:owner/:repo/hooks/:id", (context) => {
    const hook = hookIn(context);
    context.state.hooks.splice(context.state.hooks.indexOf(hook), 1);
    return { status: 204, data: null };
  }),
  route("GET", "/repos/:owner/:repo/hooks/:id/deliveries", (context) =>
    paged(context, deliveriesOf(context), context.shapes.delivery),
  ),
  route("POST", "/repos/:owner/:repo/hooks/:id/deliveries/:delivery/attempts", (context) => {
    const first = deliveriesOf(context).find(({ id }) => id === Number(context.params.delivery));
    if (!first) throw notFound();
    redeliver(context.state, hookIn(context), first);
    return { status: 202, data: {} };
  }),
];
