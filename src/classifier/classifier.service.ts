import { Injectable } from '@nestjs/common';
import { nextContext } from './dialogue/conversation';
import { loadModel } from './model/model';
import { judgeByModel } from './model/model-judge';
import trained from './model/trained.json';
import { RecentReadings } from './recent-readings';
import { understandReading } from './understand';
import { type ConversationContext, type Understanding } from './understanding';

const judge = judgeByModel(loadModel(trained));

/** What a supplier's message asks for. Pure: the same text, context and time give the same answer. */
@Injectable()
export class ClassifierService {
  private readonly readings = new RecentReadings(judge);

  /**
   * Understands one message.
   *
   * @param text as written; up to 4,096 characters are looked at
   * @param context of the same chat, as `remember` returned it; ignored where older than CONTEXT_TTL_MS
   * @param now milliseconds since the epoch; periods and the age of the context are relative to it
   */
  understand(text: string, context: ConversationContext | null = null, now: number = Date.now()): Understanding {
    return understandReading(judge, this.readings.of(text), context, now);
  }

  /** The context to hand over with the next message of the chat. */
  remember(context: ConversationContext | null, understanding: Understanding, now: number): ConversationContext {
    return nextContext(context, understanding, now);
  }
}
