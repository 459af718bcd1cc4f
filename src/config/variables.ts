/** How the text of a variable becomes the value of a field; `text` when unsaid. */
export type VariableKind = 'text' | 'url' | 'integer' | 'flag';

export interface Variable {
  /** Name in the environment (contract, Settings by environment). */
  name: string;
  kind?: VariableKind;
  /** A secret may also come from the file that `NAME_FILE` names, and is masked in the log. */
  secret?: boolean;
}

/** The names of the contract and those of the understanding, one for each field of `Settings`. */
export const VARIABLES = {
  telegramBotToken: { name: 'TELEGRAM_BOT_TOKEN', secret: true },
  telegramApiRoot: { name: 'TELEGRAM_API_ROOT', kind: 'url' },
  telegramMode: { name: 'TELEGRAM_MODE' },
  telegramWebhookUrl: { name: 'TELEGRAM_WEBHOOK_URL' },
  telegramWebhookSecret: { name: 'TELEGRAM_WEBHOOK_SECRET', secret: true },
  telegramMaxPerSecond: { name: 'TELEGRAM_MAX_PER_SECOND', kind: 'integer' },
  telegramMaxPerChatPerSecond: { name: 'TELEGRAM_MAX_PER_CHAT_PER_SECOND', kind: 'integer' },
  onecBaseUrl: { name: 'ONEC_BASE_URL', kind: 'url' },
  onecApiKey: { name: 'ONEC_API_KEY', secret: true },
  onecBasicUser: { name: 'ONEC_BASIC_USER' },
  onecBasicPassword: { name: 'ONEC_BASIC_PASSWORD', secret: true },
  onecCaFile: { name: 'ONEC_CA_FILE' },
  onecClientCertFile: { name: 'ONEC_CLIENT_CERT_FILE' },
  onecClientKeyFile: { name: 'ONEC_CLIENT_KEY_FILE' },
  onecTimeoutMs: { name: 'ONEC_TIMEOUT_MS', kind: 'integer' },
  onecDeadlineMs: { name: 'ONEC_DEADLINE_MS', kind: 'integer' },
  onecMaxAttempts: { name: 'ONEC_MAX_ATTEMPTS', kind: 'integer' },
  onecMaxConcurrency: { name: 'ONEC_MAX_CONCURRENCY', kind: 'integer' },
  onecAllowInsecure: { name: 'ONEC_ALLOW_INSECURE', kind: 'flag' },
  cacheTtlSeconds: { name: 'CACHE_TTL_SECONDS', kind: 'integer' },
  cacheMaxEntries: { name: 'CACHE_MAX_ENTRIES', kind: 'integer' },
  redisUrl: { name: 'REDIS_URL', secret: true },
  dataDir: { name: 'DATA_DIR' },
  inboundApiKey: { name: 'INBOUND_API_KEY', secret: true },
  managerContact: { name: 'MANAGER_CONTACT' },
  chatRateLimit: { name: 'CHAT_RATE_LIMIT', kind: 'integer' },
  classifierLlmUrl: { name: 'CLASSIFIER_LLM_URL', kind: 'url' },
  classifierLlmModel: { name: 'CLASSIFIER_LLM_MODEL' },
  classifierLlmKey: { name: 'CLASSIFIER_LLM_KEY', secret: true },
  feedback: { name: 'FEEDBACK', kind: 'flag' },
  port: { name: 'PORT', kind: 'integer' },
  managementPort: { name: 'MANAGEMENT_PORT', kind: 'integer' },
  healthOnecOptional: { name: 'HEALTH_ONEC_OPTIONAL', kind: 'flag' },
  logLevel: { name: 'LOG_LEVEL' },
} satisfies Readonly<Record<string, Variable>>;

export type SettingField = keyof typeof VARIABLES;

export const FIELDS = Object.keys(VARIABLES) as SettingField[];

/** Every name that means something to the bot, `NAME_FILE` of the secrets included. */
export const KNOWN_NAMES: readonly string[] = Object.values<Variable>(VARIABLES).flatMap(({ name, secret }) =>
  secret ? [name, fileName(name)] : [name],
);

/** The variable that names the file of a secret. */
export function fileName(name: string): string {
  return `${name}_FILE`;
}
