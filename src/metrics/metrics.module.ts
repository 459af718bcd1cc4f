import { Module } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { registerBuildInfo } from './build-info';
import { CacheMetrics } from './cache.metrics';
import { LanguageModelMetrics } from './language-model.metrics';
import { MetricsController } from './metrics.controller';
import { OneCMetrics } from './onec.metrics';
import { QuestionMetrics } from './question.metrics';
import { ReceptionMetrics } from './reception.metrics';
import { StoreMetrics } from './store.metrics';
import { TelegramMetrics } from './telegram.metrics';

const metrics = [
  CacheMetrics,
  LanguageModelMetrics,
  OneCMetrics,
  QuestionMetrics,
  ReceptionMetrics,
  StoreMetrics,
  TelegramMetrics,
];

/** A registry of its own for each application, so that several in one process (tests) do not count for each other. */
function createRegistry(): Registry {
  const registry = new Registry();
  registerBuildInfo(registry);
  collectDefaultMetrics({ register: registry });
  return registry;
}

/**
 * Numbers for Prometheus. Each part of the bot is given the class that counts for it; the folder knows of none of them,
 * so that everybody may import it.
 */
@Module({
  controllers: [MetricsController],
  providers: [{ provide: Registry, useFactory: createRegistry }, ...metrics],
  exports: metrics,
})
export class MetricsModule {}
