import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadCatalogue } from '../stand/accounting/load-catalogue';
import { startWorld, type World } from './support/world';

const SHARED = resolve(__dirname, '../../shared/data/commerceml');
const given = existsSync(SHARED) ? describe : describe.skip;
const ANNA = 77;

/** Files that real 1C systems exported, with the number of products that their source counts in them. */
const EXPORTS = [
  { folder: 'dobromyslov+commerceml-parser/data', import: 'import0_1.xml', offers: 'offers0_1.xml', products: 36 },
  {
    folder: 'dobromyslov+commerceml-parser/data',
    import: 'import0_1_with_nested_groups.xml',
    offers: 'offers0_1.xml',
    products: 283,
  },
  { folder: 'bogutski+1C-CommerceML-to-JSON/in_xml', import: 'import.xml', offers: 'offers.xml', products: 540 },
  { folder: 'carono+php-commerceml/tests/xml', import: 'import.xml', offers: 'offers.xml', products: 2 },
  { folder: 'carono+php-commerceml/tests/xml', import: 'import_wo_classifier.xml', offers: 'offers.xml', products: 2 },
];

given('Exchange files of real 1C systems (skipped where ../shared/data/commerceml is absent)', () => {
  let world: World;

  it.each(EXPORTS)('$folder/$import: every product is loaded and asked for', async (files) => {
    const path = (name: string) => resolve(SHARED, files.folder, name);
    const { catalogue, report } = await loadCatalogue({
      importFiles: [path(files.import)],
      offersFiles: [path(files.offers)],
    });
    expect(report.products).toBe(files.products);
    world = await startWorld({ catalogue, env: { CHAT_RATE_LIMIT: '0' } });
    const user = world.telegram.user(ANNA);
    const articles = [...new Set(catalogue.items.map(({ article }) => article).filter((article) => article !== ''))];
    const step = Math.max(1, Math.floor(articles.length / 20));
    const asked = articles.filter((_, index) => index % step === 0).slice(0, 20);
    const missed: string[] = [];
    for (const article of asked) {
      user.send(`сколько ${article}?`);
      const { text = '' } = await user.nextMessage();
      if (!text.includes(article) || text.includes('не найден')) missed.push(`${article}: ${text.slice(0, 60)}`);
    }
    await world.stop();
    expect(missed).toEqual([]);
  });
});
