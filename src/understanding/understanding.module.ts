import { Module } from '@nestjs/common';
import { CacheModule } from '../cache/cache.module';
import { ClassifierModule } from '../classifier/classifier.module';
import { Settings } from '../config/settings';
import { LanguageModelMetrics } from '../metrics/language-model.metrics';
import { MetricsModule } from '../metrics/metrics.module';
import { RedisConnection } from '../redis/redis-connection';
import { FeedbackService } from './feedback/feedback.service';
import { FeedbackStore } from './feedback/feedback-store';
import { FileFeedbackStore } from './feedback/file-feedback-store';
import { RedisFeedbackStore } from './feedback/redis-feedback-store';
import { LanguageModel } from './language-model/language-model';
import { UnderstandingService } from './understanding.service';

function createLanguageModel(settings: Settings, metrics: LanguageModelMetrics): LanguageModel | null {
  const { classifierLlmUrl: url, classifierLlmModel: model, classifierLlmKey: key } = settings;
  return url !== undefined && model !== undefined ? new LanguageModel({ url, model, key }, metrics) : null;
}

function createFeedbackStore({ feedback, dataDir }: Settings, redis: RedisConnection | null): FeedbackStore | null {
  if (!feedback) return null;
  return redis ? new RedisFeedbackStore(redis) : new FileFeedbackStore(dataDir);
}

/**
 * What a message asks for: the classifier, behind it a language model where the operator has set one, and what can be
 * learnt from the messages that were not understood.
 */
@Module({
  imports: [CacheModule, ClassifierModule, MetricsModule],
  providers: [
    UnderstandingService,
    FeedbackService,
    { provide: LanguageModel, inject: [Settings, LanguageModelMetrics], useFactory: createLanguageModel },
    { provide: FeedbackStore, inject: [Settings, RedisConnection], useFactory: createFeedbackStore },
  ],
  exports: [UnderstandingService, FeedbackService],
})
export class UnderstandingModule {}
