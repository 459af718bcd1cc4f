import { createHash, timingSafeEqual } from 'node:crypto';
import {
  BadRequestException,
  ForbiddenException,
  Injectable,
  Logger,
  MethodNotAllowedException,
  type NestMiddleware,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { Update } from 'telegraf/types';
import { Settings } from '../../config/settings';
import { QueueUnavailableError } from '../../queue/durable-queue';
import { DirectPath } from './direct-path';
import { Intake } from './intake';
import { WebhookService } from './webhook.service';

const SECRET_HEADER = 'x-telegram-bot-api-secret-token';
/** Telegram waits a minute for an answer to its request. */
const DIRECT_DEADLINE_MS = 30_000;
/** Seconds after which somebody who could not be served may come again. */
const RETRY_AFTER_S = '1';

/**
 * Takes the updates that Telegram brings (Bot API, `setWebhook`): 200 as soon as one is stored, or, where the store does
 * not answer, as soon as it has its answer; 503 where neither was possible, so that Telegram brings it again.
 */
@Injectable()
export class WebhookMiddleware implements NestMiddleware {
  private readonly logger = new Logger(WebhookMiddleware.name);

  /** Routes match what lies beneath them as well; only the very path of the webhook is served. */
  private readonly path: string;

  constructor(
    private readonly settings: Settings,
    private readonly intake: Intake,
    private readonly webhook: WebhookService,
    private readonly directPath: DirectPath,
  ) {
    this.path = new URL(settings.telegramWebhookUrl ?? 'http://localhost').pathname;
  }

  async use(request: Request, response: Response, next: NextFunction): Promise<void> {
    if (request.originalUrl.split('?')[0] !== this.path) return next();
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      throw new MethodNotAllowedException('Updates are brought by POST');
    }
    if (!this.isTelegram(request.header(SECRET_HEADER))) throw new ForbiddenException('The secret token is wrong');
    const update: unknown = request.body;
    if (!isUpdate(update)) throw new BadRequestException('The body must be an update with an update_id');
    try {
      if (this.webhook.isStopping) throw new Error('the process stops');
      await this.intake.store([update]).catch((error: unknown) => {
        if (!(error instanceof QueueUnavailableError)) throw error;
        return this.directPath.answer([update], error, AbortSignal.timeout(DIRECT_DEADLINE_MS));
      });
    } catch (error) {
      this.logger.error({ msg: 'an update could not be stored: Telegram brings it again', reason: String(error) });
      response.setHeader('Retry-After', RETRY_AFTER_S);
      throw new ServiceUnavailableException('The update could not be stored');
    }
    response.status(200).json({});
  }

  /** Takes the same time for any wrong token. */
  private isTelegram(token = ''): boolean {
    return timingSafeEqual(digest(token), digest(this.settings.telegramWebhookSecret ?? ''));
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function isUpdate(body: unknown): body is Update {
  return typeof body === 'object' && body !== null && Number.isInteger((body as Partial<Update>).update_id);
}
