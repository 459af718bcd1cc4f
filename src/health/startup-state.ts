import { Injectable } from '@nestjs/common';

/** Whether every module is up. */
@Injectable()
export class StartupState {
  private done = false;

  get started(): boolean {
    return this.done;
  }

  complete(): void {
    this.done = true;
  }
}
