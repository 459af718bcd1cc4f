import { IsIn, IsInt, IsOptional, IsString, Min } from 'class-validator';
import { IsAmount, IsArrayOf, IsContractDate, IsCurrency, IsText } from './common';
import { OneCPageRequest } from './page-request';

export const ORDER_STATUSES = [
  'draft',
  'awaiting_confirmation',
  'confirmed',
  'in_transit',
  'partially_received',
  'received',
  'closed',
  'cancelled',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export class OneCOrdersRequest extends OneCPageRequest {
  @IsOptional()
  @IsText()
  number?: string;

  @IsOptional()
  @IsIn(['open', 'all'])
  state?: 'open' | 'all';
}

export class OneCOrderLine {
  @IsText()
  article!: string;

  @IsText()
  name!: string;

  @IsAmount()
  quantity!: number;

  @IsOptional()
  @IsAmount()
  received?: number;

  @IsOptional()
  @IsString()
  unit?: string;

  @IsOptional()
  @IsAmount()
  price?: number;
}

/** `statusText` is the system's own wording of `status`, shown when present. */
export class OneCOrder {
  @IsText()
  number!: string;

  @IsContractDate()
  date!: string;

  @IsIn(ORDER_STATUSES)
  status!: OrderStatus;

  @IsOptional()
  @IsString()
  statusText?: string;

  @IsAmount()
  amount!: number;

  @IsCurrency()
  currency!: string;

  @IsOptional()
  @IsContractDate()
  expectedDate?: string;

  @IsOptional()
  @IsAmount()
  receivedPercent?: number;

  @IsOptional()
  @IsAmount()
  paidPercent?: number;

  @IsOptional()
  @IsString()
  comment?: string;

  @IsOptional()
  @IsArrayOf(() => OneCOrderLine)
  lines?: OneCOrderLine[];
}

export class OneCOrdersResponse {
  @IsArrayOf(() => OneCOrder)
  items!: OneCOrder[];

  @IsOptional()
  @IsInt()
  @Min(0)
  total?: number;
}
