import { type OneCManager, type OrderStatus, type SupplierStatus } from '../../../src/onec/contract';

/** What makes a supplier of the demo; the rest is made from the seed. */
export interface SupplierProfile {
  /** The Telegram account of stand/people.ts that speaks for it. */
  personId: number;
  name: string;
  /** Individual entrepreneurs have twelve digits, companies ten, foreign ones none. */
  innDigits?: 10 | 12;
  /** Whether its account is linked at the start, and how far. */
  link: SupplierStatus | 'none';
  /** ISO 4217. */
  currency: string;
  /** Which of the catalogue's price types was agreed, counted from 0, and the share of it that this supplier is paid. */
  priceType: number;
  priceShare: number;
  /** Days from receipt to payment. */
  deferralDays: number;
  manager: OneCManager;
  /** Numbers that show every way of writing one, by the status of the order that has it. */
  orderNumbers: Partial<Record<OrderStatus, string>>;
  /** The order with the number `00-00000123` plus the supplier's own offset has this status; the others count from it. */
  pivotStatus: OrderStatus;
}

const KOVALEVA: OneCManager = {
  name: 'Ковалёва Марина Сергеевна',
  phone: '+7 495 120-45-01',
  email: 'kovaleva@polus.example',
  telegram: '@kovaleva_polus',
};
const TITOV: OneCManager = {
  name: 'Титов Андрей Павлович',
  phone: '+7 495 120-45-02',
  email: 'titov@polus.example',
  telegram: '@titov_polus',
};
const BELOVA: OneCManager = {
  name: 'Белова Ксения',
  phone: '+7 495 120-45-03',
  email: 'belova@polus.example',
  telegram: '@belova_import',
};

/** The suppliers of the demo. The first one gets the prices of the catalogue as they stand in its file. */
export const SUPPLIER_PROFILES: readonly SupplierProfile[] = [
  {
    personId: 77,
    name: 'ООО «Светотех»',
    innDigits: 10,
    link: 'active',
    currency: 'RUB',
    priceType: 0,
    priceShare: 1,
    deferralDays: 30,
    manager: KOVALEVA,
    orderNumbers: {
      partially_received: 'НФ-000012',
      confirmed: 'ЗП-0102',
      received: 'ЦБ-45',
      closed: '1234/25',
    },
    pivotStatus: 'in_transit',
  },
  {
    personId: 78,
    name: 'ИП Егоров Б. Н.',
    innDigits: 12,
    link: 'active',
    currency: 'RUB',
    priceType: 1,
    priceShare: 0.93,
    deferralDays: 14,
    manager: TITOV,
    orderNumbers: { in_transit: 'НФ-000013', confirmed: 'ЗП-0103', received: 'ЦБ-46', closed: '1236/25' },
    pivotStatus: 'confirmed',
  },
  {
    personId: 79,
    name: 'Ningbo Lighting Co.',
    link: 'active',
    currency: 'CNY',
    priceType: 0,
    priceShare: 0.82,
    deferralDays: 45,
    manager: BELOVA,
    orderNumbers: { in_transit: '4500123', confirmed: '4500124', received: 'INV-2025-17' },
    pivotStatus: 'closed',
  },
  {
    personId: 80,
    name: 'ООО «Викойл»',
    innDigits: 10,
    link: 'pending',
    currency: 'RUB',
    priceType: 1,
    priceShare: 0.88,
    deferralDays: 21,
    manager: TITOV,
    orderNumbers: {},
    pivotStatus: 'closed',
  },
  {
    personId: 81,
    name: 'АО «Галакомплект»',
    innDigits: 10,
    link: 'blocked',
    currency: 'RUB',
    priceType: 0,
    priceShare: 0.97,
    deferralDays: 30,
    manager: KOVALEVA,
    orderNumbers: {},
    pivotStatus: 'closed',
  },
  {
    personId: 82,
    name: 'ООО «Метизный двор»',
    innDigits: 10,
    link: 'none',
    currency: 'RUB',
    priceType: 1,
    priceShare: 0.9,
    deferralDays: 14,
    manager: TITOV,
    orderNumbers: {},
    pivotStatus: 'closed',
  },
];

/** A supplier for an account that has no profile: active, so that a test can have as many as it wants. */
export function profileOf(personId: number, name: string): SupplierProfile {
  return (
    SUPPLIER_PROFILES.find((profile) => profile.personId === personId) ?? {
      personId,
      name,
      innDigits: 10,
      link: 'active',
      currency: 'RUB',
      priceType: 0,
      priceShare: 0.95,
      deferralDays: 30,
      manager: TITOV,
      orderNumbers: {},
      pivotStatus: 'closed',
    }
  );
}
