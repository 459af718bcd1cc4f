import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, Min, ValidateNested } from 'class-validator';
import { IsAmount, IsArrayOf, IsContractDate, IsCurrency, IsText } from './common';
import { OneCPageRequest } from './page-request';

export const PAYMENT_STATUSES = ['planned', 'paid', 'overdue', 'partial'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export class OneCPaymentsRequest extends OneCPageRequest {
  @IsOptional()
  @IsText()
  document?: string;
}

/** A positive `amount` is owed to the supplier. */
export class OneCBalance {
  @IsAmount()
  amount!: number;

  @IsOptional()
  @IsAmount()
  overdue?: number;

  @IsCurrency()
  currency!: string;
}

export class OneCPayment {
  @IsText()
  document!: string;

  @IsContractDate()
  date!: string;

  @IsAmount()
  amount!: number;

  @IsCurrency()
  currency!: string;

  @IsOptional()
  @IsContractDate()
  dueDate?: string;

  @IsOptional()
  @IsContractDate()
  paidDate?: string;

  @IsIn(PAYMENT_STATUSES)
  status!: PaymentStatus;
}

export class OneCPaymentsResponse {
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => OneCBalance)
  balance?: OneCBalance;

  @IsArrayOf(() => OneCPayment)
  items!: OneCPayment[];

  @IsOptional()
  @IsInt()
  @Min(0)
  total?: number;
}
