// Lines that tools add to every failure of theirs, whatever its cause.
const noise = new RegExp(
  [
    "[\\W_\\d]{0,400}$",
    "(?:Build|System|Driver|Session) info\\b|\\((?:Session info|Driver info|Background on this error)|Session ID:|Command: \\[|Capabilities\\b|For documentation on|Host info:",
    "(?:=== (?:RUN|PAUSE|CONT|NAME)|--- (?:FAIL|PASS|SKIP)|FAIL\\b|PASS\\b|goroutine \\d|exit status|\\[signal |created by )",
    "\\[[\\w -]+\\] [›»]|Retry #\\d|attachment #|test-results[\\\\/]|Usage:$|Error Context:|(?:Screenshot|Page source|Screencast|Video|Trace):",
    "(?:>\\s*)?\\d+ \\||\\| +\\^|[|^~ ]+$|LINE \\d+:|\\[(?:SQL|parameters|raw sql)\\b|Hint: make sure your test modules|Traceback:$|(?:Test|Messages?):\\s*$",
    "Omitting \\d+|Use -v|(?:Full|Differing items|Differing attributes) ?(?:diff)?:?$|At index \\d+ diff|\\.\\.\\. \\d+ more|(?:\\(|\\.{3})?elided|<asynchronous suspension>|stack backtrace:|note: |The test description was|When the exception was thrown|The following .{0,80} was thrown|--- End of ",
    "https?://(?:on\\.cypress\\.io|jestjs\\.io|testing-library\\.com|playwright\\.dev)|Learn more|See also|Add a timeout value to this test|(?:Looks like|[╔║╚═]).*",
    "Failure/Error:|(?:DETAIL|Detail|HINT|Hint):|Process \\d+ waits for|Timeout:\\s+\\d|(?:Error: )?element\\(s\\) not found$|Test timeout of \\d+ms exceeded\\.$|#\\d+ 0x[0-9a-f]+ <unknown>|The following error originated|When Cypress detects|This was considered a failure|The response we received|-+ Inner Stack Trace",
    "(?:Tests?: +Test|Test: +\\S)|The relevant error-causing widget was|Stack(?: ?trace)?:?$|Process finished|Location:$|unknown file$|FAILED:?$|with expansion:$",
  ]
    .map((part) => `^(?:${part})`)
    .join("|"),
  "u",
);

/** Whether a line, without the blanks around it, says nothing of the cause. */
export const isNoise = (line: string): boolean => noise.test(line);
