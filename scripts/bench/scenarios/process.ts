import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { type Arena, type Both, KINDS } from '../arena';
import { atMost, type Figure, figure } from '../figure';
import { median } from '../statistics';
import { type Kind } from '../contender';
import { type Usage } from '../process-usage';

const SETTLE_MS = 1000;

/** Starts and stops, and what a process costs that nobody asks. */
export async function lifecycle(arena: Arena): Promise<Figure[]> {
  const rounds = arena.quick ? 2 : 5;
  const starts: Both<number[]> = { bot: [], floor: [] };
  const stops: Both<number[]> = { bot: [], floor: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of KINDS) {
      const contender = await arena.start(kind);
      starts[kind].push(contender.startMs);
      await pause(SETTLE_MS / 2);
      stops[kind].push(await arena.stop(contender));
    }
  }
  const idle: Both<Usage | undefined> = { bot: await idleOf(arena, 'bot'), floor: await idleOf(arena, 'floor') };
  return [
    figure('start to ready', 'ms', { bot: median(starts.bot), floor: median(starts.floor) }, atMost(1500)),
    figure('SIGTERM to exit', 'ms', { bot: median(stops.bot), floor: median(stops.floor) }, atMost(300)),
    figure('memory, idle', 'MB', { bot: idle.bot?.memoryMb, floor: idle.floor?.memoryMb }, atMost(120)),
    figure('CPU, idle', '%', { bot: idle.bot?.cpuMs, floor: idle.floor?.cpuMs }),
  ];
}

/** @returns `cpuMs`: per cent of one processor */
async function idleOf(arena: Arena, kind: Kind): Promise<Usage | undefined> {
  const contender = await arena.start(kind);
  await pause(SETTLE_MS);
  const before = contender.usage();
  const startedAt = performance.now();
  await pause(arena.quick ? 2000 : 5000);
  const after = contender.usage();
  const ms = performance.now() - startedAt;
  await arena.stop(contender);
  return before && after && { ...after, cpuMs: ((after.cpuMs - before.cpuMs) / ms) * 100 };
}
