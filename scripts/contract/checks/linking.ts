import { type Check } from '../check';
import { BAD_REQUEST, expectRefusal, fail, SUPPLIER_NOT_FOUND } from '../expect';
import { Skipped } from '../outcome';
import { same, text } from '../text';
import { type World } from '../world';

/** Of no country. */
const NO_SUCH_PHONE = '+79990000000';
const NO_SUCH_CODE = 'NO-SUCH-CODE';
const CODE_IS_OVER = { status: [404, 410], code: ['code_not_found', 'code_expired'] };

export const linkingChecks: readonly Check[] = [
  {
    id: 'link.refusals',
    title: text('link: чужой телефон, код и оба сразу', 'link: an unknown phone, an unknown code, and both'),
    async run(world) {
      const request = await linkRequest(world);
      const both = { ...request, phone: NO_SUCH_PHONE, inviteCode: NO_SUCH_CODE };
      expectRefusal('link', await world.call('link', both), BAD_REQUEST, 'check-the-body');
      const byPhone = await world.call('link', { ...request, phone: NO_SUCH_PHONE });
      expectRefusal('link', byPhone, SUPPLIER_NOT_FOUND, 'linking');
      const byCode = await world.call('link', { ...request, inviteCode: NO_SUCH_CODE });
      expectRefusal('link', byCode, { status: 404, code: 'code_not_found' }, 'linking');
    },
  },
  {
    id: 'link.invite',
    title: text('link по коду --invite, затем unlink', 'link by the code of --invite, then unlink'),
    async run(world) {
      const request = await linkRequest(world);
      const { invite } = world.options;
      if (invite === undefined)
        throw new Skipped(text('дайте --invite CODE: неиспользованный код', 'give --invite CODE: a code not used yet'));
      await world.needs('unlink');
      const { supplier } = await world.ask('link', { ...request, inviteCode: invite });
      try {
        await checkLinked(world, request, invite, supplier.status);
      } finally {
        await world.call('unlink', { supplierId: supplier.id, chatId: request.chatId });
      }
      expectRefusal(
        'identify',
        await world.call('identify', { chatId: request.chatId }),
        SUPPLIER_NOT_FOUND,
        'linking',
      );
      expectRefusal('link', await world.call('link', { ...request, inviteCode: invite }), CODE_IS_OVER, 'linking');
      return text(
        `${supplier.name}: подключён и отключён чат ${request.chatId}`,
        `${supplier.name}: chat ${request.chatId} linked and unlinked`,
      );
    },
  },
];

/** The chat is known now, and cannot be linked a second time; unlink answers an empty object. */
async function checkLinked(world: World, request: LinkRequest, invite: string, status: string): Promise<void> {
  const { supplier } = await world.ask('identify', { chatId: request.chatId });
  if (supplier.status !== status) fail(same(`identify: ${supplier.status}, link: ${status}`), 'linking');
  const again = await world.call('link', { ...request, inviteCode: invite });
  const refusal = { status: 409, code: status === 'pending' ? 'link_pending' : 'already_linked' };
  expectRefusal('link', again, refusal, 'linking');
  if (status === 'active') await world.ask('unlink', { supplierId: supplier.id, chatId: request.chatId });
}

interface LinkRequest {
  chatId: number;
  user: { id: number; firstName: string };
}

async function linkRequest(world: World): Promise<LinkRequest> {
  if (!world.options.write) throw new Skipped(text('только чтение; дайте --write', 'read only; give --write'));
  await world.needs('link');
  return { chatId: world.unknownChat, user: { id: world.unknownChat, firstName: 'Проверка договора' } };
}
