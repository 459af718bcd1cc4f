import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { median } from './statistics';

const FLUSHES = 50;
const BLOCK_BYTES = 4096;

export interface Machine {
  cpu: string;
  /** Of which the contender takes one, the fakes with the questions another. */
  cores: number;
  memoryGb: number;
  node: string;
  platform: string;
  load: number;
  /** What the disk takes to flush a block (fsync), p50: a durable store pays it before it confirms anything. */
  flushMs: number;
}

/** @param folder on the disk that is meant */
export function describeMachine(folder: string): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    load: loadavg()[0]!,
    flushMs: flushTime(join(folder, 'flush')),
  };
}

function flushTime(file: string): number {
  const descriptor = openSync(file, 'w');
  const times = Array.from({ length: FLUSHES }, () => {
    const startedAt = performance.now();
    writeSync(descriptor, Buffer.alloc(BLOCK_BYTES));
    fsyncSync(descriptor);
    return performance.now() - startedAt;
  });
  closeSync(descriptor);
  rmSync(file);
  return median(times);
}
