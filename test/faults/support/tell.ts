/** One line of what a test has counted, for whoever reads its output. */
export function tell(scenario: string, counts: Record<string, number | string>): void {
  const parts = Object.entries(counts).map(([name, value]) => `${value} ${name}`);
  process.stdout.write(`${scenario}: ${parts.join(', ')}\n`);
}
