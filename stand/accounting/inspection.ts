import { type Business } from './business';
import { amountOf } from './business/purchase-order';
import { type Catalogue } from './catalogue';
import { type FileReport, type LoadReport } from './load-catalogue';

const MAX_ARTICLES = 12;

/**
 * What `npm run stand -- --inspect` prints: what the files held, what was made of them, and what to ask for.
 *
 * @param rssBytes resident memory of the process after loading
 */
export function describeLoaded(catalogue: Catalogue, report: LoadReport, business: Business, rssBytes: number): string {
  return [
    'Files',
    ...report.files.flatMap(describeFile),
    '',
    'Catalogue',
    `  groups ${report.groups}, products ${report.products}, offers ${report.offers}, prices ${report.prices}`,
    `  price types ${report.priceTypes}, warehouses ${report.warehouses}`,
    `  items that can be asked for: ${report.items}`,
    `  first articles: ${firstArticles(catalogue)}`,
    ...report.notes.map((note) => `  note: ${note}`),
    ...report.skipped.flatMap(({ reason, count, examples }) => [
      `  skipped: ${reason}: ${count}, such as ${examples.join('; ')}`,
    ]),
    '',
    'Suppliers',
    ...business.directory.suppliers.map((supplier) => `  ${describeSupplier(business, supplier)}`),
    '',
    `Loaded in ${report.milliseconds} ms, memory ${Math.round(rssBytes / 1024 / 1024)} MB`,
  ].join('\n');
}

function describeFile(file: FileReport): string[] {
  const counts = [
    [file.groups, 'groups'],
    [file.products, 'products'],
    [file.offers, 'offers'],
    [file.priceTypes, 'price types'],
    [file.warehouses, 'warehouses'],
    [file.documents, 'orders (not used)'],
  ] as const;
  const held = counts.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name}`);
  const made = file.generatedAt === undefined ? '' : `, made ${file.generatedAt}`;
  return [
    `  ${file.file}`,
    `    CommerceML ${file.schemaVersion ?? 'of unknown version'}, ${file.encoding}${made}: ${held.join(', ')}`,
  ];
}

function firstArticles({ items }: Catalogue): string {
  const articles = [...new Set(items.map(({ article }) => article))].slice(0, MAX_ARTICLES);
  return articles.length > 0 ? articles.join(' · ') : 'none';
}

function describeSupplier(business: Business, supplier: Business['directory']['suppliers'][number]): string {
  const chats = business.directory.chatsOf(supplier).map(({ chatId, status }) => `chat ${chatId} ${status}`);
  const orders = business.ordersOf(supplier);
  const example = orders.find(({ status }) => status === 'in_transit') ?? orders[0];
  const ordered = example
    ? `${orders.length} orders, such as ${example.number} (${example.status}, ${amountOf(example)} ${example.currency})`
    : 'no orders';
  return `${supplier.id} ${supplier.name}: ${chats.join(', ') || 'no chat'}; ${ordered}`;
}
