/** A JUnit report with one failed test of that name and two that passed. */
export const failingReport = (name: string, message = "expected 200 to equal 402"): string => `<?xml version="1.0"?>
<testsuites>
  <testsuite name="journey">
    <testcase classname="shop.JourneyTest" name="passes"/>
    <testcase classname="shop.JourneyTest" name="passes too"/>
    <testcase classname="shop.JourneyTest" name="${name}" time="1.2">
      <failure type="AssertionError" message="${message}">AssertionError: ${message}
    at pay (src/pay.ts:12:3)
    at Context.&lt;anonymous&gt; (test/pay.test.ts:8:5)
    fixes #1 @octocat &lt;img src=x&gt;
\`\`\`
not the end of the block</failure>
    </testcase>
  </testsuite>
</testsuites>`;
