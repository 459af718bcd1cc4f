/** The value that a share of the sample does not exceed (nearest rank). */
export function percentile(sample: readonly number[], share: number): number {
  if (sample.length === 0) throw new RangeError('an empty sample has no percentiles');
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}

export function median(sample: readonly number[]): number {
  return percentile(sample, 0.5);
}
