/** The tests of the suite `contract`, which `unit` leaves out. */
export const contract = ["lib/trackers/**/*.test.ts", "e2e/sandbox/**/*.test.ts"];
