import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { functionName } from "@/lib/jobs/function-name";

/** Says that a function's jobs wait until an operator lets them go on; who may is not decided in a workspace. */
export const PausedNotice = ({ functionId, pausedAt }: { functionId: string; pausedAt: Date }) => (
  <Notice tone="warning" title={`${functionName(functionId)} is paused`} className="mb-3">
    Its jobs wait and nothing is lost. Paused <Time at={pausedAt} />; whoever runs this server resumes it with{" "}
    <code className="break-all font-mono text-code">npm run jobs -- resume {functionName(functionId)}</code>.
  </Notice>
);
