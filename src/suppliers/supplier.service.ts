import { Injectable } from '@nestjs/common';
import { AccountingService, type AskOptions } from '../cache/accounting.service';
import type { OneCSupplier } from '../onec/contract';
import { OneCNotFoundError } from '../onec/errors';

/** Who is behind a chat. Only an active supplier is answered with data. */
export type Identity =
  | { kind: 'active'; supplier: OneCSupplier }
  | { kind: 'pending'; supplier: OneCSupplier }
  | { kind: 'blocked'; supplier: OneCSupplier }
  | { kind: 'unknown' };

/** Knows the suppliers by their chats. The links live in the accounting system; this only asks for them. */
@Injectable()
export class SupplierService {
  constructor(private readonly accounting: AccountingService) {}

  /**
   * @param chatId Telegram's chat id
   * @throws OneCError where the accounting system gives no answer (contract, `identify`)
   */
  async identify(chatId: number, options: AskOptions): Promise<Identity> {
    try {
      const supplier = await this.accounting.identify(chatId, options);
      return { kind: supplier.status, supplier };
    } catch (error) {
      if (error instanceof OneCNotFoundError) return { kind: 'unknown' };
      throw error;
    }
  }
}
