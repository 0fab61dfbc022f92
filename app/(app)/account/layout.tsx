import type { ReactNode } from "react";
import { Breadcrumbs } from "@/components/shell/breadcrumbs";
import { NavTabs } from "@/components/ui/nav-tabs";
import { Page } from "@/components/ui/page";

const tabs = [
  { href: "/account", label: "Profile" },
  { href: "/account/sessions", label: "Sessions" },
  { href: "/account/tokens", label: "API tokens" },
];

/** One's own pages. Each of them admits for itself. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <Page className="pb-0">
        <Breadcrumbs steps={[{ label: "You" }, { label: "Your account" }]} />
        <NavTabs label="Your account" tabs={tabs} />
      </Page>
      {children}
    </>
  );
}
