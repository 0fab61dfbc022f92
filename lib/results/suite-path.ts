const between = " › ";

/** Where a test stands, from its suites to its class. Many reporters name the innermost suite after the class. */
export function suitePath({ suite, className }: { suite: string; className: string }): string {
  const names = [...suite.split(between), className].filter(Boolean);
  return names.filter((name, index) => name !== names[index - 1]).join(between);
}
