import { serve } from "inngest/next";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions/index";

export const dynamic = "force-dynamic";

/** Where an Inngest server calls the functions. The embedded executor reaches them without a socket. */
export const { GET, POST, PUT } = serve({ client: inngest, functions: [...functions] });
