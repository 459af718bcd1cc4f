import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own: a tmpfs, which only those with the right to mount can have. */
export class SmallDisk {
  readonly path = mkdtempSync(join(tmpdir(), 'disk-'));

  constructor(kilobytes: number) {
    mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', this.path);
  }

  static get isPossible(): boolean {
    try {
      new SmallDisk(64).remove();
      return true;
    } catch {
      return false;
    }
  }

  resize(kilobytes: number): void {
    mount('-o', `remount,size=${kilobytes}k`, this.path);
  }

  /** Nobody may have a file open for writing there. */
  makeReadOnly(): void {
    mount('-o', 'remount,ro', this.path);
  }

  makeWritable(): void {
    mount('-o', 'remount,rw', this.path);
  }

  remove(): void {
    execFileSync('umount', ['-l', this.path], { stdio: 'ignore' });
    rmdirSync(this.path);
  }
}

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: 'ignore' });
}
