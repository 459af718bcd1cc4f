import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsDefined, IsString, ValidateNested } from 'class-validator';

class AnswerMessage {
  @IsString()
  content!: string;
}

class Choice {
  @IsDefined()
  @ValidateNested()
  @Type(() => AnswerMessage)
  message!: AnswerMessage;
}

/** Answer of a server of the OpenAI chat-completions form; what the bot does not need is left out. */
export class ChatCompletion {
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => Choice)
  choices!: Choice[];
}
