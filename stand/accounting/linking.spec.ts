import { type Accounting } from './server';
import { ANNA, ask, BORIS, refusal, start } from './spec-support';

let accounting: Accounting;
beforeEach(async () => {
  accounting = await start();
});
afterEach(() => accounting.close());

const user = { id: 82, firstName: 'Денис' };

describe('identify', () => {
  it.each([
    [77, 'ООО «Светотех»', 'active'],
    [78, 'ИП Егоров Б. Н.', 'active'],
    [79, 'Ningbo Lighting Co.', 'active'],
    [80, 'ООО «Викойл»', 'pending'],
    [81, 'АО «Галакомплект»', 'blocked'],
  ])('knows the chat %i', async (chatId, name, status) => {
    const { supplier } = await ask(accounting, 'identify', { chatId });
    expect(supplier).toMatchObject({ name, status });
    expect(supplier.manager).toMatchObject({
      name: expect.any(String) as string,
      phone: expect.stringMatching(/^\+7 495/) as string,
      email: expect.stringContaining('@') as string,
      telegram: expect.stringMatching(/^@\w+$/) as string,
    });
  });

  it.each([82, 1])('does not know the chat %i', async (chatId) => {
    expect(await refusal(accounting, 'identify', { chatId })).toMatchObject({
      status: 404,
      code: 'supplier_not_found',
    });
  });
});

describe('link', () => {
  it.each(['+79161234506', '8 (916) 123-45-06', '9161234506'])(
    'by the phone %s waits for a manager, who approves',
    async (phone) => {
      const { supplier } = await ask(accounting, 'link', { chatId: 82, phone, user });
      expect(supplier).toMatchObject({ name: 'ООО «Метизный двор»', status: 'pending' });
      const stock = { supplierId: supplier.id, articles: ['12345'] };
      expect(await refusal(accounting, 'stock', stock)).toMatchObject({ code: 'supplier_not_found' });
      expect(await refusal(accounting, 'link', { chatId: 82, phone, user })).toMatchObject({
        status: 409,
        code: 'link_pending',
      });
      accounting.suppliers.setStatus(supplier.id, 'active');
      expect((await ask(accounting, 'identify', { chatId: 82 })).supplier.status).toBe('active');
      expect((await ask(accounting, 'stock', stock)).items).toHaveLength(1);
    },
  );

  it('by an invite code works at once, and only once', async () => {
    const { supplier } = await ask(accounting, 'link', { chatId: 82, inviteCode: ' demo-2026 ', user });
    expect(supplier.status).toBe('active');
    const again = await refusal(accounting, 'link', { chatId: 83, inviteCode: 'DEMO-2026', user });
    expect(again).toMatchObject({ status: 410, code: 'code_expired' });
  });

  it.each([
    ['an expired code', { inviteCode: 'DEMO-OLD' }, 410, 'code_expired'],
    ['an unknown code', { inviteCode: 'NO-SUCH' }, 404, 'code_not_found'],
    ['an unknown phone', { phone: '+7 900 000-00-00' }, 404, 'supplier_not_found'],
    ['the phone of a blocked supplier', { phone: '+79161234505' }, 404, 'supplier_not_found'],
  ])('refuses %s', async (_, proof, status, code) => {
    expect(await refusal(accounting, 'link', { chatId: 82, user, ...proof })).toMatchObject({ status, code });
  });

  it('refuses a chat that is linked already, without using up the code', async () => {
    const linked = await refusal(accounting, 'link', { chatId: 77, inviteCode: 'DEMO-2026', user });
    expect(linked).toMatchObject({ status: 409, code: 'already_linked' });
    expect((await ask(accounting, 'link', { chatId: 82, inviteCode: 'DEMO-2026', user })).supplier.status).toBe(
      'active',
    );
  });

  it('refuses a chat that waits for a manager', async () => {
    const waiting = await refusal(accounting, 'link', { chatId: 80, inviteCode: 'DEMO-2026', user });
    expect(waiting).toMatchObject({ status: 409, code: 'link_pending' });
  });
});

describe('unlink', () => {
  it('lets the chat go, and with the last chat the supplier', async () => {
    await ask(accounting, 'unlink', { supplierId: ANNA, chatId: 77 });
    expect(await refusal(accounting, 'identify', { chatId: 77 })).toMatchObject({ code: 'supplier_not_found' });
    expect(await refusal(accounting, 'orders', { supplierId: ANNA })).toMatchObject({ code: 'supplier_not_found' });
    expect((await ask(accounting, 'link', { chatId: 77, phone: '+79161234501', user })).supplier.id).toBe(ANNA);
  });

  it('refuses the chat of another supplier', async () => {
    const problem = await refusal(accounting, 'unlink', { supplierId: BORIS, chatId: 77 });
    expect(problem).toMatchObject({ status: 404, code: 'supplier_not_found' });
    expect((await ask(accounting, 'identify', { chatId: 77 })).supplier.id).toBe(ANNA);
  });
});

it('hides everything from a supplier that a manager blocks', async () => {
  accounting.suppliers.setStatus(ANNA, 'blocked');
  expect((await ask(accounting, 'identify', { chatId: 77 })).supplier.status).toBe('blocked');
  expect(await refusal(accounting, 'payments', { supplierId: ANNA })).toMatchObject({ code: 'supplier_not_found' });
});

it('takes other people than those of the demo, each an active supplier of its own', async () => {
  const people = [501, 502].map((id) => ({
    id,
    firstName: `Т${id}`,
    phone: `+7900000${id}0`,
    languageCode: 'ru',
    about: '',
  }));
  const other = await start({ people });
  const ids = await Promise.all(
    people.map(async ({ id }) => (await ask(other, 'identify', { chatId: id })).supplier.id),
  );
  expect(new Set(ids).size).toBe(2);
  expect((await ask(other, 'orders', { supplierId: ids[0] })).total).toBeGreaterThan(12);
  await other.close();
});
