import { Injectable } from '@nestjs/common';
import { AccountingService } from '../../cache/accounting.service';
import type { Period } from '../../classifier/understanding';
import { renderReconciliationCaption } from '../../replies';
import type { Answer, Question } from '../dialogue/question';
import { replyOptions } from './reply-options';

/** Answers with the act of reconciliation as a file, for the period asked for or for the year so far. */
@Injectable()
export class ReconciliationAnswer {
  constructor(private readonly accounting: AccountingService) {}

  async answer(question: Question): Promise<Answer> {
    const period = question.understanding.period ?? yearSoFar(question.now);
    const { file } = await this.accounting.reconciliation(
      question.supplier.id,
      { ...period, format: 'pdf' },
      question.options,
    );
    const captionHtml = renderReconciliationCaption(period, replyOptions(question));
    return {
      html: '',
      outcome: 'answered',
      buttons: [],
      document: { content: Buffer.from(file.contentBase64, 'base64'), fileName: file.name, captionHtml },
    };
  }
}

/** From the first of January to today, by the calendar of the process (`TZ`). */
export function yearSoFar(now: number): Period {
  const date = new Date(now);
  const two = (value: number): string => String(value).padStart(2, '0');
  const year = date.getFullYear();
  return { from: `${year}-01-01`, to: `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())}` };
}
