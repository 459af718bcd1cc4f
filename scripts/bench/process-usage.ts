import { readFileSync } from 'node:fs';

/** Linux counts CPU time in these (`getconf CLK_TCK`, 100 on every current platform of Node). */
const TICKS_PER_SECOND = 100;

/** Of a process, as Linux tells; nothing where there is no /proc. */
export interface Usage {
  /** Resident set now, MB. */
  memoryMb: number;
  /** The largest resident set so far, MB. */
  peakMb: number;
  /** User and system time so far, ms. */
  cpuMs: number;
}

export function usageOf(pid: number): Usage | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
    // The name of the command, which may hold spaces, ends with the last parenthesis (proc(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const cpuMs = ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
    return { memoryMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM'), cpuMs };
  } catch {
    return undefined;
  }
}
