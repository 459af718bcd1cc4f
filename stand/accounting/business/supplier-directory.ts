import { type OneCManager, type OneCSupplier, type SupplierStatus } from '../../../src/onec/contract';
import { type Person } from '../../people';
import { Problem } from '../problem';
import { innOf } from './inn';
import { profileOf, type SupplierProfile } from './supplier-profiles';

/** A supplier of the demo company. */
export interface Supplier {
  id: string;
  name: string;
  inn?: string;
  contactName: string;
  /** As in the card of the contact person. */
  phone: string;
  manager: OneCManager;
  profile: SupplierProfile;
  blocked: boolean;
}

/** A chat stands for a supplier once a manager has approved it. */
interface Link {
  supplier: Supplier;
  approved: boolean;
}

type InviteState = 'fresh' | 'used' | 'expired';

interface Invite {
  supplier: Supplier;
  state: InviteState;
}

/** Works once and connects its chat at once. */
export const DEMO_INVITE = 'DEMO-2026';
/** Was given out too long ago. */
export const EXPIRED_INVITE = 'DEMO-OLD';
/** The account whose supplier the demo's codes were given to. */
const INVITED_PERSON = 82;
/** So many digits of a phone are compared: without the code of the country, which is written in several ways. */
const COMPARED_DIGITS = 10;

/** Which chats stand for which suppliers: the register of links that a real 1C keeps (contract, `identify`, `link`). */
export class SupplierDirectory {
  readonly suppliers: readonly Supplier[];
  private readonly links = new Map<number, Link>();
  private readonly invites = new Map<string, Invite>();

  constructor(people: readonly Person[]) {
    this.suppliers = people.map((person, index) => supplierOf(person, index + 1));
    for (const supplier of this.suppliers) {
      const { personId, link } = supplier.profile;
      if (link !== 'none') this.links.set(personId, { supplier, approved: link !== 'pending' });
    }
    const invited = this.suppliers.find(({ profile }) => profile.personId === INVITED_PERSON) ?? this.suppliers[0];
    if (invited) {
      this.invites.set(DEMO_INVITE, { supplier: invited, state: 'fresh' });
      this.invites.set(EXPIRED_INVITE, { supplier: invited, state: 'expired' });
    }
  }

  /** Throws `supplier_not_found` for a chat that nobody linked. */
  identify(chatId: number): OneCSupplier {
    const link = this.links.get(chatId);
    if (!link) throw notFound(`No supplier is linked to the chat ${chatId}`);
    return answerOf(link);
  }

  /**
   * The supplier that asks, if it may: known, not blocked, and with a chat that a manager approved.
   * Throws `supplier_not_found` otherwise, the same for every reason.
   */
  active(supplierId: string): Supplier {
    const supplier = this.suppliers.find(({ id }) => id === supplierId);
    const approved = [...this.links.values()].some((link) => link.supplier === supplier && link.approved);
    if (!supplier || supplier.blocked || !approved) throw notFound('There is no active supplier with this supplierId');
    return supplier;
  }

  /** A manager has to approve the link. @param phone compared by its last ten digits */
  linkByPhone(chatId: number, phone: string): OneCSupplier {
    this.refuseLinked(chatId);
    const asked = lastDigits(phone);
    const supplier = this.suppliers.find((one) => !one.blocked && lastDigits(one.phone) === asked);
    if (!supplier) throw notFound('No supplier has this phone');
    return this.add(chatId, { supplier, approved: false });
  }

  /** Connects at once. @param code without regard to case and spaces around it */
  linkByCode(chatId: number, code: string): OneCSupplier {
    this.refuseLinked(chatId);
    const invite = this.invites.get(code.trim().toUpperCase());
    if (!invite || invite.supplier.blocked) throw new Problem(404, 'code_not_found', 'There is no such invite code');
    if (invite.state !== 'fresh') throw new Problem(410, 'code_expired', `The invite code is ${invite.state}`);
    invite.state = 'used';
    return this.add(chatId, { supplier: invite.supplier, approved: true });
  }

  /** What a manager does in 1C: connects a chat without any asking. Throws `supplier_not_found` for an unknown supplier. */
  connect(chatId: number, supplierId: string): OneCSupplier {
    const supplier = this.suppliers.find(({ id }) => id === supplierId);
    if (!supplier) throw notFound(`There is no supplier ${supplierId}`);
    return this.add(chatId, { supplier, approved: true });
  }

  unlink(supplier: Supplier, chatId: number): void {
    if (this.links.get(chatId)?.supplier !== supplier)
      throw notFound(`The chat ${chatId} is not linked to this supplier`);
    this.links.delete(chatId);
  }

  /** What a manager does in 1C: approves the links of a supplier, takes them back, or blocks it. */
  setStatus(supplierId: string, status: SupplierStatus): void {
    const supplier = this.suppliers.find(({ id }) => id === supplierId);
    if (!supplier) throw notFound(`There is no supplier ${supplierId}`);
    supplier.blocked = status === 'blocked';
    if (supplier.blocked) return;
    for (const link of this.links.values()) {
      if (link.supplier === supplier) link.approved = status === 'active';
    }
  }

  /** @returns the chats of a supplier with the state of each */
  chatsOf(supplier: Supplier): { chatId: number; status: SupplierStatus }[] {
    return [...this.links]
      .filter(([, link]) => link.supplier === supplier)
      .map(([chatId, link]) => ({ chatId, status: statusOf(link) }));
  }

  private add(chatId: number, link: Link): OneCSupplier {
    this.links.set(chatId, link);
    return answerOf(link);
  }

  private refuseLinked(chatId: number): void {
    const link = this.links.get(chatId);
    if (!link) return;
    throw statusOf(link) === 'pending'
      ? new Problem(409, 'link_pending', 'A manager has not approved the link of this chat yet')
      : new Problem(409, 'already_linked', `This chat is linked to ${link.supplier.name} already`);
  }
}

function supplierOf(person: Person, serial: number): Supplier {
  const contactName = [person.firstName, person.lastName].filter(Boolean).join(' ');
  const profile = profileOf(person.id, `ООО «Поставщик ${person.id}»`);
  return {
    id: `00-${String(person.id).padStart(6, '0')}`,
    name: profile.name,
    inn: profile.innDigits && innOf(serial, profile.innDigits),
    contactName,
    phone: person.phone,
    manager: profile.manager,
    profile,
    blocked: profile.link === 'blocked',
  };
}

function statusOf({ supplier, approved }: Link): SupplierStatus {
  if (supplier.blocked) return 'blocked';
  return approved ? 'active' : 'pending';
}

function answerOf(link: Link): OneCSupplier {
  const { id, name, inn, contactName, manager } = link.supplier;
  // A foreign company has no number of a Russian taxpayer; the contract wants the member all the same.
  return { id, name, inn: inn ?? '', status: statusOf(link), contactName, manager };
}

function lastDigits(phone: string): string {
  return phone.replace(/\D/g, '').slice(-COMPARED_DIGITS);
}

function notFound(detail: string): Problem {
  return new Problem(404, 'supplier_not_found', detail);
}
