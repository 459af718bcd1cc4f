import { IsOptional, MaxLength, ValidateIf } from 'class-validator';
import {
  IsBasicUser,
  IsBotToken,
  IsFlag,
  IsHeaderValue,
  IsIntegerWithin,
  IsLanguageModelUrl,
  IsOneCBaseUrl,
  IsOneOf,
  IsPemCertificateFile,
  IsPemKeyFile,
  IsPlainUrl,
  IsRedisUrl,
  IsText,
  IsWebhookSecret,
  IsWebhookUrl,
  NeedsPartner,
} from './setting-rules';

/** How updates arrive from Telegram. */
export type TelegramMode = 'polling' | 'webhook';

/** The levels of pino, from the most silent to the most talkative. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const MAX_TIMEOUT_MS = 600_000;

/** Required in webhook mode; a value that polling does not use is held to the rule all the same. */
const InWebhookMode = () =>
  ValidateIf((settings: Settings, value: unknown) => settings.telegramMode === 'webhook' || value !== undefined);

/**
 * The settings of the process, one field for each name of the contract (contract, Settings by environment) and a few of our own.
 * `loadSettings` makes one from the environment; the names belong to the fields in `VARIABLES`.
 */
export class Settings {
  @IsBotToken()
  telegramBotToken!: string;

  @IsPlainUrl(['https:', 'http:'], 'such as https://api.telegram.org')
  telegramApiRoot = 'https://api.telegram.org';

  @IsOneOf(['polling', 'webhook'])
  telegramMode: TelegramMode = 'polling';

  @InWebhookMode()
  @IsWebhookUrl()
  telegramWebhookUrl?: string;

  @InWebhookMode()
  @IsWebhookSecret()
  telegramWebhookSecret?: string;

  /** Messages a second to all chats; 0: no limit. */
  @IsIntegerWithin(0, 1000)
  telegramMaxPerSecond = 30;

  /** Messages a second to one chat, with a burst of 5; 0: no limit. */
  @IsIntegerWithin(0, 1000)
  telegramMaxPerChatPerSecond = 1;

  @IsOneCBaseUrl()
  onecBaseUrl!: string;

  @IsHeaderValue('the API key that the accounting system expects in X-API-Key')
  onecApiKey!: string;

  @NeedsPartner('onecBasicPassword')
  @IsOptional()
  @IsBasicUser()
  onecBasicUser?: string;

  @NeedsPartner('onecBasicUser')
  onecBasicPassword?: string;

  @IsOptional()
  @IsPemCertificateFile()
  onecCaFile?: string;

  @NeedsPartner('onecClientKeyFile')
  @IsOptional()
  @IsPemCertificateFile()
  onecClientCertFile?: string;

  @NeedsPartner('onecClientCertFile')
  @IsOptional()
  @IsPemKeyFile('onecClientCertFile')
  onecClientKeyFile?: string;

  /** Budget of one attempt. */
  @IsIntegerWithin(1, MAX_TIMEOUT_MS, { notAbove: 'onecDeadlineMs' })
  onecTimeoutMs = 3000;

  /** Budget of all attempts of one question. */
  @IsIntegerWithin(1, MAX_TIMEOUT_MS)
  onecDeadlineMs = 10_000;

  @IsIntegerWithin(1, 10)
  onecMaxAttempts = 3;

  @IsIntegerWithin(1, 1000)
  onecMaxConcurrency = 10;

  @IsFlag()
  onecAllowInsecure = false;

  @IsIntegerWithin(0, 604_800)
  cacheTtlSeconds = 300;

  @IsIntegerWithin(1, 10_000_000)
  cacheMaxEntries = 10_000;

  @IsOptional()
  @IsRedisUrl()
  redisUrl?: string;

  @IsText('the folder of the queues, such as ./data')
  dataDir = './data';

  @IsOptional()
  @IsHeaderValue('the API key that the accounting system sends in X-API-Key')
  inboundApiKey?: string;

  @IsOptional()
  @MaxLength(300, { message: 'must be at most 300 characters: a name with a phone, an e-mail or a Telegram name' })
  managerContact?: string;

  /** Questions a minute from one chat; 0: no limit. */
  @IsIntegerWithin(0, 10_000)
  chatRateLimit = 30;

  /** Base address of a server of the OpenAI chat-completions form, asked where the classifier is not sure. */
  @NeedsPartner('classifierLlmModel')
  @IsOptional()
  @IsLanguageModelUrl()
  classifierLlmUrl?: string;

  @NeedsPartner('classifierLlmUrl')
  @IsOptional()
  @MaxLength(200, { message: 'must be at most 200 characters: the name by which the server knows the model' })
  classifierLlmModel?: string;

  /** Sent as `Authorization: Bearer`. */
  @NeedsPartner('classifierLlmUrl')
  @IsOptional()
  @IsHeaderValue('the key of the language model')
  classifierLlmKey?: string;

  /** Messages that were not understood are kept, stripped of personal data, for `npm run feedback`. */
  @IsFlag()
  feedback = true;

  @IsIntegerWithin(0, 65_535)
  port = 3000;

  /** Port of health and metrics; unset: the same as `port`. */
  @IsOptional()
  @IsIntegerWithin(0, 65_535, { otherThan: 'port' })
  managementPort?: number;

  /** True: readiness stays 200 with `degraded` while 1C is away. */
  @IsFlag()
  healthOnecOptional = false;

  @IsOneOf(LOG_LEVELS)
  logLevel: string = 'info';
}
