import { Injectable, Optional } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { ReceptionState, type ReceptionSnapshot } from './reception-state';

const NO_RECEPTION: ReceptionSnapshot = { state: 'down', detail: 'nothing receives updates' };

/** Whether updates reach the bot. */
@Injectable()
export class TelegramHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    @Optional() private readonly reception?: ReceptionState,
  ) {}

  check(): HealthIndicatorResult<'telegram'> {
    const { state, detail, lastUpdateAt, lastPollAt } = this.reception?.snapshot() ?? NO_RECEPTION;
    const indicator = this.indicators.check('telegram');
    const seen = { ...time('lastUpdateAt', lastUpdateAt), ...time('lastPollAt', lastPollAt) };
    return state === 'up' ? indicator.up(seen) : indicator.down({ reason: detail ?? state, ...seen });
  }
}

function time(key: string, at: number | undefined): Record<string, string> {
  return at === undefined ? {} : { [key]: new Date(at).toISOString() };
}
