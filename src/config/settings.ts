/** How updates arrive from Telegram. */
export type TelegramMode = 'polling' | 'webhook';

/** The settings of the process, one field for each name of the contract (contract, Settings by environment). */
export class Settings {
  telegramBotToken!: string;
  telegramApiRoot = 'https://api.telegram.org';
  telegramMode: TelegramMode = 'polling';
  telegramWebhookUrl?: string;
  telegramWebhookSecret?: string;
  /** Messages a second to all chats; 0: no limit. */
  telegramMaxPerSecond = 30;
  /** Messages a second to one chat, with a burst of 5; 0: no limit. */
  telegramMaxPerChatPerSecond = 1;

  onecBaseUrl!: string;
  onecApiKey!: string;
  onecBasicUser?: string;
  onecBasicPassword?: string;
  onecCaFile?: string;
  onecClientCertFile?: string;
  onecClientKeyFile?: string;
  /** Budget of one attempt. */
  onecTimeoutMs = 3000;
  /** Budget of all attempts of one question. */
  onecDeadlineMs = 10_000;
  onecMaxAttempts = 3;
  onecMaxConcurrency = 10;
  onecAllowInsecure = false;

  cacheTtlSeconds = 300;
  cacheMaxEntries = 10_000;

  redisUrl?: string;
  dataDir = './data';

  inboundApiKey?: string;
  managerContact?: string;
  /** Questions a minute from one chat; 0: no limit. */
  chatRateLimit = 30;

  port = 3000;
  /** Port of health and metrics; unset: the same as `port`. */
  managementPort?: number;
  /** True: readiness stays 200 with `degraded` while 1C is away. */
  healthOnecOptional = false;
  logLevel = 'info';
}
