import { setTimeout as pause } from 'node:timers/promises';
import { Contender, type ContenderOptions, type Kind } from './contender';
import { type Answer } from './fake-telegram';

export const KINDS: readonly Kind[] = ['bot', 'floor'];

export type Both<T> = Record<Kind, T>;

/** Starts contenders for the scenarios and sees to it that none is left. */
export class Arena {
  private readonly running = new Set<Contender>();

  constructor(
    private readonly options: ContenderOptions,
    /** Fewer questions and shorter times. */
    readonly quick: boolean,
  ) {}

  async start(kind: Kind): Promise<Contender> {
    const contender = await Contender.start(kind, this.options);
    this.running.add(contender);
    return contender;
  }

  async stop(contender: Contender): Promise<number> {
    this.running.delete(contender);
    return contender.stop();
  }

  /** Both run at the same time, one idle while the other is measured. */
  async match<T>(work: (bot: Contender, floor: Contender) => Promise<T>): Promise<T> {
    const [bot, floor] = [await this.start('bot'), await this.start('floor')];
    try {
      return await work(bot, floor);
    } finally {
      await Promise.all([this.stop(bot), this.stop(floor)]);
    }
  }

  /**
   * Measures in turns, so that what else the machine does falls on both alike.
   *
   * @returns what the rounds of each came to
   */
  async inTurns<T>(
    { bot, floor }: Both<Contender>,
    rounds: number,
    measure: (contender: Contender, round: number) => Promise<T[]>,
  ): Promise<Both<T[]>> {
    const measured: Both<T[]> = { bot: [], floor: [] };
    for (let round = 0; round < rounds; round += 1) {
      measured.bot.push(...(await measure(bot, round)));
      measured.floor.push(...(await measure(floor, round)));
    }
    return measured;
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((contender) => this.stop(contender)));
  }
}

const ANSWER_DEADLINE_MS = 30_000;

/** What is asked of the contender gets its answers, or this fails within a deadline. */
export async function within<T>(contender: Contender, asking: Promise<T>, ms = ANSWER_DEADLINE_MS): Promise<T> {
  const timer = setTimeout(
    () => contender.telegram.giveUp(new Error(`the ${contender.kind} did not answer within ${ms} ms`)),
    ms,
  );
  return asking.finally(() => clearTimeout(timer));
}

export const article = (number: number): string => `BP-${number}/2`;

/** Asks for the stock of an article. @throws where the answer is not about it */
export async function askStock({ telegram, kind }: Contender, chatId: number, wanted: string): Promise<Answer> {
  const answer = await telegram.ask(chatId, `есть ${wanted}?`);
  if (!answer.text.includes(wanted) || !answer.text.includes('В наличии')) {
    throw new Error(`the ${kind} answered "${answer.text}" to a question about ${wanted}`);
  }
  return answer;
}

/** Asks while 1C is away. @throws where the answer is not the trouble message */
export async function askInTrouble({ telegram, kind }: Contender, chatId: number, wanted: string): Promise<Answer> {
  const answer = await telegram.ask(chatId, `есть ${wanted}?`);
  if (!answer.text.includes('не отвечает')) {
    throw new Error(`the ${kind} answered "${answer.text}" while 1C was away`);
  }
  return answer;
}

/** One question after the other, chats and articles in turn. */
export async function askInTurn(
  contender: Contender,
  count: number,
  questionOf: (index: number) => { chatId: number; article: string },
): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const question = questionOf(index);
    times.push((await within(contender, askStock(contender, question.chatId, question.article))).ms);
  }
  return times;
}

/** Makes the chats known, and the articles where there are any. */
export async function warmUp(contender: Contender, chats: number, articles: number): Promise<void> {
  const asking = Array.from({ length: Math.max(chats, articles) }, (_, index) =>
    askStock(contender, (index % chats) + 1, article((index % articles) + 1)),
  );
  await within(contender, Promise.all(asking));
  // What the contender does after its answers is not part of what comes.
  await pause(50);
}
