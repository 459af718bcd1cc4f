import { Agent, request } from 'node:http';

/**
 * The floor: the least that answers at all over the same sockets. Polls, asks 1C for an article it has not seen, sends
 * the answer, with nothing but `node:http`: no store, no understanding, no limits, no retries, one guess at who asks.
 */
const TELEGRAM = `${process.env['TELEGRAM_API_ROOT']}/bot${process.env['TELEGRAM_BOT_TOKEN']}`;
const ACCOUNTING = `${process.env['ONEC_BASE_URL']}/v1`;
const TIMEOUT_MS = Number(process.env['ONEC_TIMEOUT_MS']);
const POLL_SECONDS = 25;

interface Update {
  update_id: number;
  message: { chat: { id: number }; text: string };
}

interface StockItem {
  article: string;
  name: string;
  available: number;
}

const agent = new Agent({ keepAlive: true });
const known = new Map<string, string>();

function post<T>(url: string, body: object, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
    const outgoing = request(url, { method: 'POST', agent, headers, ...(signal ? { signal } : {}) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
        else resolve(JSON.parse(Buffer.concat(chunks).toString()) as T);
      });
    });
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}

async function stockOf(article: string, chatId: number): Promise<string> {
  const found = known.get(article);
  if (found !== undefined) return found;
  const question = { supplierId: `S${chatId}`, articles: [article] };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { items } = await post<{ items: StockItem[] }>(`${ACCOUNTING}/stock`, question, signal);
  const text = items
    .map((item) => `${item.name}\nАртикул: ${item.article}\nВ наличии: ${item.available} шт`)
    .join('\n');
  known.set(article, text);
  return text;
}

async function answer({ message: { chat, text } }: Update): Promise<void> {
  const article = /[A-Z]+-\d+\/\d+/.exec(text)?.[0] ?? text;
  const html = await stockOf(article, chat.id).catch(() => 'Система не отвечает');
  await post(`${TELEGRAM}/sendMessage`, { chat_id: chat.id, text: html, parse_mode: 'HTML' });
}

async function main(): Promise<void> {
  for (let offset = 0; ;) {
    const { result } = await post<{ result: Update[] }>(`${TELEGRAM}/getUpdates`, { offset, timeout: POLL_SECONDS });
    offset = (result.at(-1)?.update_id ?? offset - 1) + 1;
    for (const update of result) void answer(update);
  }
}

process.on('SIGTERM', () => process.exit(0));
void main();
