import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';
import { METRIC_PREFIX } from './metric-name';
import { registerReadGauge, stateSamples } from './read-gauge';

const UPDATE_RESULTS = ['stored', 'duplicate', 'refused'] as const;
export type UpdateResult = (typeof UPDATE_RESULTS)[number];

const RECEPTION_STATES = ['starting', 'up', 'standby', 'down'] as const;

export interface ReceptionReading {
  state: (typeof RECEPTION_STATES)[number];
  /** Milliseconds since the epoch. */
  lastUpdateAt?: number;
  pendingUpdates?: number;
}

/** Counts the updates that come from Telegram, and shows whether they can come. */
@Injectable()
export class ReceptionMetrics {
  private readonly updates: Counter<'result'>;

  constructor(private readonly registry: Registry) {
    this.updates = new Counter({
      name: `${METRIC_PREFIX}updates_total`,
      help: 'Updates from Telegram: stored, duplicate (known already) or refused (could not be stored; Telegram sends them again)',
      labelNames: ['result'],
      registers: [registry],
    });
    for (const result of UPDATE_RESULTS) this.updates.inc({ result }, 0);
  }

  received(result: UpdateResult, count: number): void {
    if (count > 0) this.updates.inc({ result }, count);
  }

  /** @param read the state of the reception now */
  watch(read: () => ReceptionReading): void {
    registerReadGauge(this.registry, {
      name: 'reception_state',
      help: '1 for the state of the reception; down: no update reaches the bot, standby: another replica polls',
      labelNames: ['state'],
      read: () => stateSamples(RECEPTION_STATES, read().state),
    });
    registerReadGauge(this.registry, {
      name: 'last_update_timestamp_seconds',
      help: 'When the last update came, in seconds since the epoch; missing until the first one; its age is time() minus it',
      read: () => known(read().lastUpdateAt, 1000),
    });
    registerReadGauge(this.registry, {
      name: 'telegram_pending_updates',
      help: 'Updates that wait at Telegram; missing where Telegram was not asked; above 0 for long: the reception is silent while people write',
      read: () => known(read().pendingUpdates),
    });
  }
}

function known(value: number | undefined, divisor = 1) {
  return value === undefined ? [] : [{ value: value / divisor }];
}
