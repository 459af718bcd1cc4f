import { plainToInstance } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, MaxLength, validateSync } from 'class-validator';
import { type LanguageModelRefusal } from '../../metrics/language-model.metrics';

/** What a language model says of a message: text of a stranger until it has been held against the message. */
export class Suggestion {
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  intents!: string[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  articles?: string[] | null;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  order?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(300)
  product?: string | null;
}

/** No answer that has the form that was asked for; the message names the fault, never the content. */
export class BadAnswerError extends Error {
  constructor(
    message: string,
    readonly refusal: LanguageModelRefusal = 'unfitting',
  ) {
    super(message);
  }
}

/**
 * Reads what the model wrote. A fence of Markdown or a sentence around the object is forgiven: many models cannot leave it.
 *
 * @throws BadAnswerError
 */
export function parseSuggestion(content: string): Suggestion {
  const [start, end] = [content.indexOf('{'), content.lastIndexOf('}')];
  if (start < 0 || end < start) throw new BadAnswerError('the model wrote no JSON object');
  let value: unknown;
  try {
    value = JSON.parse(content.slice(start, end + 1));
  } catch {
    throw new BadAnswerError('the model wrote broken JSON');
  }
  return validated(Suggestion, value, 'what the model wrote');
}

/** @throws BadAnswerError with the names of the members that do not fit */
export function validated<T extends object>(type: new () => T, value: unknown, what: string): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadAnswerError(`${what} is no JSON object`);
  const instance = plainToInstance(type, value);
  const faults = validateSync(instance);
  if (faults.length > 0) {
    throw new BadAnswerError(`${what} does not fit its form: ${faults.map(({ property }) => property).join(', ')}`);
  }
  return instance;
}
