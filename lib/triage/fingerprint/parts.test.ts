import { expect, it } from "vitest";
import { algorithm, type FailureText, type Parts } from "@/lib/triage/algorithm";

// What is read of real texts, language by language; reviewed by hand.
const table: { what: string; failure: FailureText; parts: Parts }[] = [
  {
    what: "Java: the innermost cause, its own frame",
    failure: {
      type: "java.util.concurrent.CompletionException",
      message: "java.lang.NullPointerException",
      stack:
        "java.util.concurrent.CompletionException: java.lang.NullPointerException\n\tat java.base/java.util.concurrent.CompletableFuture.encodeThrowable(CompletableFuture.java:315)\n\tat com.shop.AsyncTest.pays(AsyncTest.java:77)\nCaused by: java.lang.NullPointerException\n\tat com.shop.OrderService.shipTo(OrderService.java:88)\n\tat com.shop.OrderService.lambda$placeAsync$3(OrderService.java:143)\n\t... 40 more",
    },
    parts: { type: "NullPointerException", message: "", frames: ["com.shop.OrderService.shipTo"] },
  },
  {
    what: "Java: a bare assertion is its test's",
    failure: {
      type: "org.opentest4j.AssertionFailedError",
      message: "expected: <3> but was: <4>",
      stack:
        "org.opentest4j.AssertionFailedError: expected: <3> but was: <4>\n\tat org.junit.jupiter.api.AssertEquals.fail(AssertEquals.java:1)\n\tat com.shop.Checks.total(Checks.java:9)\n\tat com.shop.CartTest.adds(CartTest.java:31)\n\tat java.base/java.lang.reflect.Method.invoke(Method.java:568)",
    },
    parts: {
      type: "AssertionFailedError",
      message: "expected: <number> but was: <number>",
      frames: ["com.shop.Checks.total", "com.shop.CartTest.adds"],
    },
  },
  {
    what: "Kotlin: coroutines and names with blanks",
    failure: {
      type: "java.lang.ClassCastException",
      message: "class A cannot be cast to class B",
      stack:
        "java.lang.ClassCastException: class A cannot be cast to class B\n\tat com.shop.InboxViewModel$refresh$1.invokeSuspend(InboxViewModel.kt:48)\n\tat com.shop.InboxTest.loads the inbox(InboxTest.kt:35)",
    },
    parts: {
      type: "ClassCastException",
      message: "class A cannot be cast to class B",
      frames: ["com.shop.InboxViewModel$refresh"],
    },
  },
  {
    what: "Python: frames the other way round, the first cause",
    failure: {
      type: "shop.errors.QuoteError",
      message: "no quote for basket 45",
      stack:
        'Traceback (most recent call last):\n  File "/app/shop/quote.py", line 28, in quote\n    rate = rates[basket.currency]\nKeyError: \'SEK\'\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File "/app/tests/test_quote.py", line 14, in test_quotes\n    quote(basket)\nshop.errors.QuoteError: no quote for basket 45',
    },
    parts: { type: "KeyError", message: "'SEK'", frames: ["quote (quote.py)"] },
  },
  {
    what: "pytest: the test's function and the line of source",
    failure: {
      type: null,
      message: "assert 500 == 200",
      stack:
        "    def test_lists(client):\n>       assert response.status_code == 200\nE       assert 500 == 200\nE        +  where 500 = <Response [500]>.status_code\n\ntests/api/test_orders.py:31: AssertionError",
    },
    parts: {
      type: "",
      message: "assert 500 == 200\n+ where 500 = <Response [500]>.status_code\n» assert response.status_code == 200",
      frames: ["test_lists (tests/api/test_orders.py)"],
    },
  },
  {
    what: "Jest: of a diff the property",
    failure: {
      type: null,
      message: null,
      stack:
        'Error: expect(received).toEqual(expected) // deep equality\n\n- Expected  - 1\n+ Received  + 1\n\n  Object {\n    "id": 3,\n-   "status": "paid",\n+   "status": "open",\n  }\n\n    at Object.<anonymous> (C:\\a\\shop\\src\\order.test.ts:22:24)\n    at processTicksAndRejections (node:internal/process/task_queues:95:5)',
    },
    parts: {
      type: "Error",
      message: "expect(received).toEqual(expected) // deep equality\ndiffers: status",
      frames: ["src/order.test.ts"],
    },
  },
  {
    what: "Node: a service that refuses, wherever",
    failure: {
      type: null,
      message: null,
      stack:
        "Error: connect ECONNREFUSED 10.0.0.5:5432\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)\n    at connect (/app/src/db/pool.ts:31:9)",
    },
    parts: { type: "", message: "connection refused by :5432", frames: [] },
  },
  {
    what: "browsers: Firefox's frames and hashed files",
    failure: {
      type: "TypeError",
      message: "cart is undefined",
      stack:
        "pay@https://shop.example/static/js/main.4fa31b2c.js:2:33\n@https://shop.example/static/js/main.4fa31b2c.js:9:1",
    },
    parts: { type: "TypeError", message: "cart is undefined", frames: ["pay (main.<hash>.js)"] },
  },
  {
    what: "Playwright: the locator, not its attempts",
    failure: {
      type: "FAILURE",
      message: "pay.spec.ts:3:5 pays",
      stack:
        "  [chromium] › pay.spec.ts:3:5 › pays ─────\n\n    TimeoutError: locator.click: Timeout 30000ms exceeded.\n    Call log:\n      - waiting for getByRole('button', { name: 'Pay' })\n      - attempting click action\n          - <div class=\"overlay\">…</div> intercepts pointer events\n\n        at /w/tests/pay.spec.ts:11:3\n",
    },
    parts: {
      type: "TimeoutError",
      message:
        "locator.click: Timeout <duration> exceeded.\nwaiting for getByRole('button', { name: 'Pay' })\n\"div overlay\" intercepts pointer events",
      frames: [],
    },
  },
  {
    what: "Cypress: the selector",
    failure: {
      type: "AssertionError",
      message: "Timed out retrying after 4000ms: Expected to find element: `#pay-form`, but never found it.",
      stack: null,
    },
    parts: {
      type: "AssertionError",
      message: "Timed out retrying after <duration>: Expected to find element: `#pay-form`, but never found it.",
      frames: [],
    },
  },
  {
    what: "Selenium: without its session",
    failure: {
      type: "org.openqa.selenium.NoSuchElementException",
      message:
        'no such element: Unable to locate element: {"method":"css selector","selector":"#pay"}\n  (Session info: chrome=120)\nBuild info: version: \'4.33.0\'',
      stack: null,
    },
    parts: {
      type: "NoSuchElementException",
      message: 'no such element: Unable to locate element: {"method":"css selector","selector":"#pay"}',
      frames: [],
    },
  },
  {
    what: "C#: the inner exception, asynchronous frames",
    failure: {
      type: null,
      message:
        "System.AggregateException : One or more errors occurred. (x)\n  ----> System.NullReferenceException : Object reference not set to an instance of an object.",
      stack:
        "   at Shop.Orders.Order.<TotalAsync>d__3.MoveNext() in C:\\agent\\_work\\1\\s\\src\\Order.cs:line 52\n--- End of stack trace from previous location ---\n   at Shop.Tests.OrderTests.Sums() in C:\\agent\\_work\\1\\s\\test\\OrderTests.cs:line 15\n   at System.Reflection.MethodBaseInvoker.Invoke()",
    },
    parts: {
      type: "NullReferenceException",
      message: "Object reference not set to an instance of an object.",
      frames: ["Shop.Orders.Order.TotalAsync"],
    },
  },
  {
    what: "Go: a panic",
    failure: {
      type: "",
      message: "Failed",
      stack:
        "=== RUN   TestCart\n--- FAIL: TestCart (0.00s)\npanic: runtime error: invalid memory address or nil pointer dereference [recovered]\n\tpanic: runtime error: invalid memory address or nil pointer dereference\n\ngoroutine 18 [running]:\npanic({0x5, 0x7})\n\t/usr/local/go/src/runtime/panic.go:914 +0x21f\nexample.com/shop/cart.(*Cart).Total(0x0)\n\t/home/runner/work/shop/cart/cart.go:31 +0x1d\n",
    },
    parts: {
      type: "panic",
      message: "runtime error: invalid memory address or nil pointer dereference",
      frames: ["example.com/shop/cart.Cart.Total"],
    },
  },
  {
    what: "Go: a bare comparison is its test's, not its subtest's",
    failure: {
      type: "",
      message: "Failed",
      stack: "=== RUN   TestSum/neg\n    sum_test.go:12: got -3, want 4\n    --- FAIL: TestSum/neg (0.00s)",
    },
    parts: { type: "", message: "got <number>, want <number>", frames: ["sum_test.go", "test TestSum"] },
  },
  {
    what: "Ruby: RSpec's source of a bare expectation",
    failure: {
      type: "RSpec::Expectations::ExpectationNotMetError",
      message: "\nexpected: 3\n     got: 4\n\n(compared using ==)\n",
      stack:
        "Failure/Error: expect(cart.total).to eq(3)\n\n  expected: 3\n       got: 4\n./spec/cart_spec.rb:9:in `block (2 levels) in <top (required)>'",
    },
    parts: {
      type: "ExpectationNotMetError",
      message: "expected: <number>\ngot: <number>\n(compared using ==)\n» expect(cart.total).to eq(<number>)",
      frames: ["spec/cart_spec.rb"],
    },
  },
  {
    what: "Ruby: a method of nil",
    failure: {
      type: "NoMethodError",
      message: "undefined method `rate' for nil:NilClass",
      stack:
        "Failure/Error: discount.rate * subtotal\n\n  NoMethodError:\n    undefined method `rate' for nil:NilClass\n./app/models/basket.rb:31:in `discounted'\n./spec/models/basket_spec.rb:18:in `block (3 levels) in <top (required)>'",
    },
    parts: { type: "NoMethodError", message: "undefined method `rate' for nil", frames: ["discounted (basket.rb)"] },
  },
  {
    what: "PHP: PHPUnit's name of the test",
    failure: {
      type: "PHPUnit\\Framework\\ExpectationFailedException",
      message: null,
      stack:
        "Tests\\CouponTest::testIsValid with data set #0 ('SPRING')\nFailed asserting that false is true.\n\n/builds/acme/shop/tests/CouponTest.php:27",
    },
    parts: {
      type: "ExpectationFailedException",
      message: "Failed asserting that false is true.",
      frames: ["tests/CouponTest.php", "test Tests\\CouponTest::testIsValid"],
    },
  },
  {
    what: "PHP: an error in the product",
    failure: {
      type: "Error",
      message: null,
      stack:
        "Tests\\LabelTest::testPrints\nError: Call to a member function format() on null\n\nC:\\projects\\shop\\src\\Label.php:40\nC:\\projects\\shop\\tests\\LabelTest.php:29",
    },
    parts: { type: "Error", message: "Call to a member function format() on null", frames: ["src/Label.php"] },
  },
  {
    what: "Rust: a panic's place",
    failure: {
      type: "test failure",
      message: null,
      stack:
        "thread 'cache::tests::evicts' (3503) panicked at src/cache.rs:57:34:\ncalled `Option::unwrap()` on a `None` value\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
    },
    parts: { type: "", message: "called `Option::unwrap()` on a None value", frames: ["src/cache.rs"] },
  },
  {
    what: "C++: the expression of gtest",
    failure: {
      type: "",
      message:
        "/builds/engine/tests/mesh_test.cpp:42\nExpected equality of these values:\n  mesh.vertex_count()\n    Which is: 7\n  8",
      stack: "/builds/engine/tests/mesh_test.cpp:42",
    },
    parts: {
      type: "",
      message: "Expected equality of these values:\nmesh.vertex_count()\nWhich is: <number>",
      frames: ["tests/mesh_test.cpp"],
    },
  },
  {
    what: "C++: a sanitizer",
    failure: {
      type: null,
      message: "==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x602 at pc 0x55",
      stack:
        "==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x602 at pc 0x55\n    #0 0x55 in Cart::total() /src/cart.cc:12:3\n    #1 0x56 in Cart_Test::TestBody() /src/tests/cart_test.cc:3:1",
    },
    parts: {
      type: "",
      message: "==<number>==ERROR: AddressSanitizer: heap-use-after-free on address <address> at pc <address>",
      frames: ["Cart::total (src/cart.cc)"],
    },
  },
  {
    what: "Swift: a crash",
    failure: {
      type: "EXC_BREAKPOINT",
      message: "Crash: Shop (4120): Fatal error: Unexpectedly found nil while unwrapping an Optional value",
      stack:
        "#0 0x00000001045fa0c8 in Theme.color(named:) at /Users/runner/shop/Shop/Theme.swift:18\n#1 0x0000000104601222 in ThemeTests.testDark() at /Users/runner/shop/Tests/ThemeTests.swift:9",
    },
    parts: {
      type: "EXC_BREAKPOINT",
      message: "Crash: Shop (<number>): Fatal error: Unexpectedly found nil while unwrapping an Optional value",
      frames: ["Theme.color (Theme.swift)"],
    },
  },
  {
    what: "Swift: XCTest",
    failure: {
      type: null,
      message: 'XCTAssertEqual failed: ("3") is not equal to ("4")',
      stack: "/Users/runner/shop/Tests/CartTests.swift:12",
    },
    parts: {
      type: "",
      message: "XCTAssertEqual failed: (<quoted>) is not equal to (<quoted>)",
      frames: ["Tests/CartTests.swift"],
    },
  },
  {
    what: "Dart: what the finder sought",
    failure: {
      type: null,
      message: "Test failed. See exception logs above.\nThe test description was: pays",
      stack:
        'The following TestFailure was thrown running a test:\nExpected: exactly one matching candidate\n  Actual: _TextWidgetFinder:<Found 0 widgets with text "Pay": []>\n\nWhen the exception was thrown, this was the stack:\n#4      expectPay (file:///home/ci/app/test/robots/checkout_robot.dart:18:5)',
    },
    parts: {
      type: "",
      message:
        'Expected: exactly one matching candidate\nActual: _TextWidgetFinder:<Found <number> widgets with text "Pay": <list>>',
      frames: [],
    },
  },
  {
    what: "Dart: the project's frame",
    failure: {
      type: null,
      message: "Null check operator used on a null value",
      stack:
        "Null check operator used on a null value\npackage:shop/cart.dart 9:3           Cart.total\npackage:test_api                     Invoker.run\ntest/cart_test.dart 12:5             main.<fn>.<fn>\n",
    },
    parts: { type: "", message: "Null check operator used on a null value", frames: ["Cart.total (cart.dart)"] },
  },
];

it.each(table)("[J1] reads $what", ({ failure, parts }) => {
  const { seen: _, ...read } = algorithm.fingerprint(failure).parts;
  expect(read).toEqual(parts);
});

const bare: FailureText = { type: "AssertionError", message: "expected 3 but was 4", stack: null };
const partsIn = (name: string, failure = bare) => algorithm.fingerprint({ ...failure, suite: "Cart", name }).parts;

it("[J1] tells a bare assertion without a place apart by its test, whatever its parameters and retries", () => {
  expect(partsIn("adds an article").frames).toEqual(["test adds an article"]);
  expect(partsIn("adds an article [chrome]").frames).toEqual(["test adds an article"]);
  expect(partsIn("adds an article #2").frames).toEqual(["test adds an article"]);
});

it("[J1] tells what speaks for itself apart by no test, nor by its name in the text", () => {
  const refused = (name: string) => ({
    type: null,
    message: `${name}: no route 'billing' in zone 'north'`,
    stack: null,
  });
  const [one, other] = ["testPaysInvoice", "testSendsReminder"].map((name) => partsIn(name, refused(name)));
  expect(one).toMatchObject({ message: "<test>: no route 'billing' in zone 'north'", frames: [] });
  expect({ ...one, seen: null }).toEqual({ ...other, seen: null });
});

it("[J1] keeps what files are called, not where a machine has them, nor what was made up for the moment", () => {
  const of = (path: string) =>
    partsIn("reads", { type: "IOError", message: `cannot read ${path}`, stack: null }).message;
  expect(of("/builds/7/shop/data/prices.csv")).toBe("cannot read <path>/prices.csv");
  expect(of("C:\\agent\\_work\\1\\s\\data\\prices.csv")).toBe("cannot read <path>/prices.csv");
  expect(of("/tmp/x81/prices.csv")).toBe("cannot read <path>");
});

it("[J1] reads the places that RSpec marks, and those below a folder of Go's", () => {
  const rspec =
    "Failure/Error: http.get(url)\n\nNet::ReadTimeout:\n  Net::ReadTimeout\n# ./lib/geocoder.rb:36:in `lookup'\n# ./spec/stops_spec.rb:9:in `block (2 levels) in <top (required)>'";
  expect(partsIn("finds", { type: "Net::ReadTimeout", message: "Net::ReadTimeout", stack: rspec }).seen).toMatchObject({
    product: ["lookup (lib/geocoder.rb)"],
    tests: ["spec/stops_spec.rb"],
  });
  const go =
    "panic: assignment to entry in nil map\n\ngoroutine 7 [running]:\nlab.example/mail.(*Header).Merge(...)\n\t/go/src/mail/header.go:66 +0x8b";
  expect(partsIn("TestMerge", { type: null, message: null, stack: go }).frames).toEqual([
    "lab.example/mail.Header.Merge",
  ]);
});
