import { Injectable } from '@nestjs/common';

/** Aborted when the process stops and questions under way must come to an end. */
@Injectable()
export class ShutdownSignal {
  private readonly controller = new AbortController();

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  abort(): void {
    this.controller.abort();
  }
}
