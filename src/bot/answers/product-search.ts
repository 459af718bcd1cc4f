import { Injectable } from '@nestjs/common';
import { AccountingService } from '../../cache/accounting.service';
import { otherSpellings } from '../../classifier/name-spellings';
import type { OneCProduct } from '../../onec/contract';
import type { Question } from '../dialogue/question';

export interface FoundProducts {
  items: OneCProduct[];
  total?: number | undefined;
}

/** Finds products by a name in words. */
@Injectable()
export class ProductSearch {
  constructor(private readonly accounting: AccountingService) {}

  /**
   * Asks for the name as it was written and, where that finds nothing, as it may have been meant: many an accounting
   * system compares letters and knows nothing of translit or endings.
   *
   * @param limit products at most
   * @param offset of the first one
   */
  async find(question: Question, name: string, limit: number, offset?: number): Promise<FoundProducts> {
    for (const query of [name, ...otherSpellings(name)]) {
      const { items, total } = await this.accounting.products(
        question.supplier.id,
        { query, limit, ...(offset === undefined ? {} : { offset }) },
        question.options,
      );
      if (items.length > 0) return { items, total };
    }
    return { items: [] };
  }
}
