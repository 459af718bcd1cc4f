import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { OneCCircuit } from '../onec/circuit';
import { OneCError } from '../onec/errors';
import { OneCService } from '../onec/onec.service';
import { keptFor } from './kept-for';

/**
 * A ping that takes longer is no answer. Its attempts are those of any question: the first one may take an idle connection
 * that the web server of 1C has just closed, which must not take the bot out of service for KEEP_MS.
 */
const PING_DEADLINE_MS = 2000;

/** However many probes come, 1C sees one ping in so long. */
const KEEP_MS = 5000;

type PingOutcome = { checkedAt: string } & ({ ms: number } | { reason: string });

/** Whether 1C answers `ping` (contract, Operations). */
@Injectable()
export class OneCHealthIndicator {
  private readonly ping = keptFor(KEEP_MS, () => this.askOneC());

  constructor(
    private readonly onec: OneCService,
    private readonly circuit: OneCCircuit,
    private readonly indicators: HealthIndicatorService,
  ) {}

  async check(): Promise<HealthIndicatorResult<'onec'>> {
    const outcome = { ...(await this.ping()), breaker: this.circuit.state.name };
    const indicator = this.indicators.check('onec');
    return 'reason' in outcome ? indicator.down(outcome) : indicator.up(outcome);
  }

  private async askOneC(): Promise<PingOutcome> {
    const startedAt = performance.now();
    const checkedAt = new Date().toISOString();
    try {
      await this.onec.ping({ deadlineMs: PING_DEADLINE_MS });
      return { checkedAt, ms: Math.round(performance.now() - startedAt) };
    } catch (error) {
      if (!(error instanceof OneCError)) {
        throw error;
      }
      // The code says enough; what is behind it, addresses included, is in the log.
      return { checkedAt, reason: error.code };
    }
  }
}
