import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { ReceptionState } from './reception-state';

/** Whether updates reach the bot. */
@Injectable()
export class TelegramHealthIndicator {
  constructor(
    private readonly reception: ReceptionState,
    private readonly indicators: HealthIndicatorService,
  ) {}

  check(): HealthIndicatorResult<'telegram'> {
    const { state, detail, lastUpdateAt, lastPollAt, pendingUpdates } = this.reception.snapshot();
    const indicator = this.indicators.check('telegram');
    const seen = {
      reception: state,
      ...time('lastUpdateAt', lastUpdateAt),
      ...time('lastPollAt', lastPollAt),
      ...(pendingUpdates === undefined ? {} : { pendingUpdates }),
    };
    const receives = state === 'up' || state === 'standby';
    return receives ? indicator.up(seen) : indicator.down({ reason: detail ?? state, ...seen });
  }
}

function time(key: string, at: number | undefined): Record<string, string> {
  return at === undefined ? {} : { [key]: new Date(at).toISOString() };
}
