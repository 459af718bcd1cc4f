import { Injectable } from '@nestjs/common';

/** Whether the process is on its way out: from then on it is not ready, while it still finishes what it has. */
@Injectable()
export class DrainState {
  private begun = false;

  get draining(): boolean {
    return this.begun;
  }

  begin(): void {
    this.begun = true;
  }
}
