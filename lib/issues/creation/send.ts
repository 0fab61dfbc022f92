import { transaction } from "@/lib/db/client";
import { AppError, isKind } from "@/lib/errors";
import { OutboundError, outcomeOf } from "@/lib/http/outcome";
import type { SetField } from "@/lib/trackers/tracker";
import { fieldsToSend } from "../form/reporter-field";
import { reporterSchema } from "../reporter";
import { setFieldsOf } from "../set-fields";
import { toWarnings } from "../views";
import { askPerson, type Concluded, concludeBefore, concludeCall, lookAgain } from "./conclude";
import { move, noError } from "./move";
import { type Job, type OpenedCreation, openCreation } from "./open";
import { cutWarning, outgoingOfCreation, shorten } from "./outgoing";
import { type Creation, getCreationById, isOver, whereItStands } from "./read";
import { storeCreated } from "./store";
import { claimHoldsMs, isOverdue, settleMsOf, settlesAt } from "./timing";

const tooLate = () => new OutboundError("unavailable", "The server was too slow.", { outcome: "refused" });

/**
 * Creates the issue, exactly once. Whatever happened before (a lost reply, a process that died) shows in `sentAt`, and
 * then a look comes first: found, it is adopted; not found, a new call is made only when the look began after the
 * earlier call had settled. Trackers list new issues with a delay of their own, so that looks are repeated until then;
 * where even then a look proves nothing, a person decides. One look comes first also when nothing has been done for
 * long, in case a backup was restored. Throws when it goes on by itself later.
 */
export async function sendCreation(creationId: string, job: Job): Promise<Concluded> {
  const creation = await getCreationById(creationId);
  if (isOver(creation, job)) return { state: creation.state };

  let opened: OpenedCreation;
  let settleMs = 0;
  try {
    opened = await openCreation(creation, job);
    settleMs = settleMsOf(opened.provider);
    const lookedAt = new Date();
    const { marker, sentAt } = creation;
    const since = sentAt ?? (isOverdue(creation, lookedAt) ? creation.updatedAt : null);
    if (since) {
      // By its id, because it may have been renamed since: an old name is redirected, and no redirect is followed.
      opened.project = await opened.tracker.getProject({ remoteId: opened.project.remoteId });
      const issue = await opened.tracker.findByMarker({ project: opened.project, marker, since });
      if (issue) return await storeCreated(creation, issue, cutWarning(await outgoingOfCreation(creation), creation));
    }
    if (sentAt) {
      if (lookedAt < settlesAt(creation, settleMs)) return await lookAgain(creation, settleMs);
      if (!opened.provider.marker.provesAbsence && !creation.absentSince) return await askPerson(creation);
    }
  } catch (error) {
    return concludeBefore({ creation, error, attempt: job.attempt, settleMs });
  }
  return call(creation, opened, job);
}

async function call(creation: Creation, opened: OpenedCreation, job: Job): Promise<Concluded> {
  const sent = await outgoingOfCreation(creation);
  const fields = await fieldsToSend(creation);
  const { title, labels, body } = sent;

  // Committed before anything leaves. Who has read the same number of attempts and comes second does not send.
  const now = new Date();
  const claimed = await transaction((tx) =>
    move(
      tx,
      creation,
      "send",
      // Earlier calls, if there were any, are proved to have made nothing: from here on this one counts.
      { ...noError, sentAt: now, lastSentAt: now, absentSince: null, attempts: { increment: 1 } },
      { attempts: creation.attempts, state: creation.state, turnId: creation.turnId },
    ),
  );
  if (!claimed) return whereItStands(creation);

  try {
    // A process that was suspended here may have been given up, and another one may have looked and sent since.
    if (Date.now() - now.getTime() > claimHoldsMs) throw tooLate();
    const input = {
      title,
      labels,
      body: body.output,
      marker: creation.marker,
      project: opened.project,
      typeId: creation.typeId,
      textField: creation.textField,
      fields,
    };
    const { issue, warnings } = await opened.tracker.createIssue(input);
    return await storeCreated(creation, issue, [...warnings, ...cutWarning(sent, creation)]);
  } catch (error) {
    const called = { ...creation, attempts: creation.attempts + 1 };
    if (isKind(error, "tracker_text_too_long") && (await shorten(called, body.output.length)))
      return sendCreation(creation.id, job);
    if (await standIn(called, error, fields)) return sendCreation(creation.id, job);
    return concludeCall({ creation: called, error, attempt: job.attempt, settleMs: settleMsOf(opened.provider) });
  }
}

/**
 * The tracker refuses the reporter that we found, and nobody has named one: nothing happened, and the key's owner stands
 * for the person. False where that is not what it refused.
 */
async function standIn(creation: Creation, error: unknown, sent: readonly SetField[]): Promise<boolean> {
  const { data: reporter } = reporterSchema.safeParse(creation.reporter);
  const fieldId = sent.find(({ role }) => role === "reporter")?.id;
  const isOurs = reporter && !setFieldsOf(creation).some(({ role }) => role === "reporter");
  if (!isOurs || !fieldId || !(error instanceof AppError) || !error.fields?.[fieldId]) return false;
  if (outcomeOf(error) !== "refused") return false;
  const { turnId, attempts } = creation;
  const message = `The tracker does not take ${reporter.name} as its reporter from this key, whose owner stands for them.`;
  const warnings = [...toWarnings(creation.warnings), { kind: "reporter_refused", message }];
  const changes = { sentAt: null, reporter: { ...reporter, isRefused: true }, warnings };
  return transaction((tx) => move(tx, creation, "shorten", changes, { turnId, attempts }));
}
