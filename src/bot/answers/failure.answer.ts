import { Injectable, Logger } from '@nestjs/common';
import {
  OneCBadRequestError,
  OneCCancelledError,
  OneCForbiddenError,
  OneCNotFoundError,
  OneCNotSupportedError,
  OneCUnavailableError,
} from '../../onec/errors';
import { renderNotLinked, renderNotSupported, renderOwnFault, renderSystemAway } from '../../replies';
import type { Answer, Asker } from '../dialogue/question';
import { Contact } from './contact';
import { replyOptions } from './reply-options';
import { SupportedOperations } from './supported-operations';

/** What a person hears where there is no answer (contract, Errors). */
@Injectable()
export class FailureAnswer {
  private readonly logger = new Logger(FailureAnswer.name);

  constructor(
    private readonly contact: Contact,
    private readonly supported: SupportedOperations,
  ) {}

  answer(error: unknown, asker: Asker, now: number): Answer {
    const contact = this.contact.of(asker.chatId);
    const options = replyOptions({ asker, now });
    if (
      error instanceof OneCUnavailableError ||
      error instanceof OneCForbiddenError ||
      error instanceof OneCCancelledError
    ) {
      // A wrong key stays wrong until an operator acts: nothing is promised then.
      const away = !(error instanceof OneCForbiddenError);
      return { html: renderSystemAway(contact, options), outcome: 'trouble', buttons: [], away };
    }
    if (error instanceof OneCNotFoundError && error.code === 'supplier_not_found') {
      const html = renderNotLinked({ ...contact, chatId: asker.chatId }, options);
      return { html, outcome: 'not_linked', buttons: [] };
    }
    if (error instanceof OneCNotSupportedError) {
      this.supported.lacks(error.operation);
      const html = renderNotSupported({ ...contact, operation: error.operation }, options);
      return { html, outcome: 'not_supported', buttons: [] };
    }
    if (!(error instanceof OneCBadRequestError)) {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      this.logger.error({ msg: `question failed: ${message}`, name, updateId: asker.updateId, stack });
    }
    return { html: renderOwnFault(contact, options), outcome: 'failed', buttons: [] };
  }
}
