import { Notice } from "@/components/ui/notice";

export default function UnknownInvitation() {
  return (
    <>
      <h1 className="mb-4 font-semibold text-title">Invitation</h1>
      <Notice tone="warning" title="This link is not known">
        Copy the whole link from the message that you got. If it still does not work, ask for a new one.
      </Notice>
    </>
  );
}
