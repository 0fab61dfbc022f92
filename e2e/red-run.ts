/** A failing test of a made-up report; its stack is of the file that is named. */
type Failure = { suite: string; name: string; type: string; message: string; frames: string[]; isFlaky?: boolean };

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("\n", "&#10;");

const stackOf = ({ type, message, frames }: Failure) =>
  escaped(`${type}: ${message}\n${frames.map((frame) => `    at ${frame}`).join("\n")}`);

function caseOf(failure: Failure): string {
  const { suite, name, type, message, isFlaky } = failure;
  // As Surefire tells what failed first and passed when it ran again.
  const tag = isFlaky ? "flakyFailure" : "failure";
  const text = isFlaky ? `<stackTrace>${stackOf(failure)}</stackTrace>` : stackOf(failure);
  return `<testcase classname="${suite}" name="${escaped(name)}" time="1.2"><${tag} type="${type}" message="${escaped(message)}">${text}</${tag}></testcase>`;
}

/** A JUnit report of those failures, and one test that passed. */
export const reportOf = (failures: readonly Failure[]): string => {
  const suites = [...new Set(failures.map(({ suite }) => suite))];
  const all = suites.map((name) => {
    const cases = failures.filter(({ suite }) => suite === name).map(caseOf);
    return `<testsuite name="${name}">${cases.join("\n")}</testsuite>`;
  });
  return `<?xml version="1.0"?><testsuites>${all.join("\n")}<testsuite name="shop.HomeTest"><testcase classname="shop.HomeTest" name="opens"/></testsuite></testsuites>`;
};

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** A ledger that times out, in three suites, after a different time in each test. `mark` tells this run's from others': errors of another name and place are another problem. */
export const timeouts = (mark: string, count = 24): Failure[] =>
  times(count, (index) => ({
    suite: `${mark}.${["PaymentTest", "RefundTest", "CheckoutTest"][index % 3]}`,
    name: `waits for the ledger ${mark} ${index}`,
    type: `${capital(mark)}TimeoutError`,
    message: `ledger ${mark} gave no answer within ${30_000 + index * 7} ms`,
    frames: [`Ledger.post (src/${mark}/ledger.ts:88:11)`, `book (src/${mark}/book.ts:12:3)`],
  }));

/** A total that is off, each time by another amount. */
export const totals = (mark: string, count = 3): Failure[] =>
  times(count, (index) => ({
    suite: `${mark}.CartTest`,
    name: `adds up ${mark} ${index}`,
    type: `${capital(mark)}AssertionError`,
    message: `cart ${mark}: expected total ${100 + index} to equal ${200 + index * 3}`,
    frames: [`total (src/${mark}/cart.ts:40:9)`, `Context.<anonymous> (test/${mark}/cart.test.ts:8:5)`],
  }));

/** A page that never becomes ready the first time. */
export const flakyClicks = (mark: string, count = 2): Failure[] =>
  times(count, (index) => ({
    suite: `${mark}.SearchTest`,
    name: `finds ${mark} after a second try ${index}`,
    type: `${capital(mark)}StaleElementException`,
    message: `stale element ${mark} after ${index + 1} tries`,
    frames: [`SearchPage.click (src/${mark}/search-page.ts:21:7)`],
    isFlaky: true,
  }));
