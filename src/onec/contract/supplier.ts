import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsInt, IsObject, IsOptional, IsString, ValidateIf, ValidateNested } from 'class-validator';
import { IsEitherThisOr, IsText } from './common';

export const SUPPLIER_STATUSES = ['active', 'pending', 'blocked'] as const;
export type SupplierStatus = (typeof SUPPLIER_STATUSES)[number];

/** The company's own person who looks after a supplier. */
export class OneCManager {
  @IsText()
  name!: string;

  @IsOptional()
  @IsString()
  phone?: string;

  @IsOptional()
  @IsString()
  email?: string;

  @IsOptional()
  @IsString()
  telegram?: string;
}

/** Who is behind a chat, as the accounting system knows it (contract, `identify`). */
export class OneCSupplier {
  @IsText()
  id!: string;

  @IsText()
  name!: string;

  @IsOptional()
  @IsString()
  inn?: string;

  @IsIn(SUPPLIER_STATUSES)
  status!: SupplierStatus;

  @IsOptional()
  @IsString()
  contactName?: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => OneCManager)
  manager?: OneCManager;
}

export class OneCIdentifyRequest {
  @IsInt()
  chatId!: number;
}

export class OneCTelegramUser {
  @IsInt()
  id!: number;

  @IsOptional()
  @IsString()
  username?: string;

  @IsOptional()
  @IsString()
  firstName?: string;

  @IsOptional()
  @IsString()
  lastName?: string;
}

/** Either `phone` or `inviteCode` (contract, `link`). */
export class OneCLinkRequest {
  @IsInt()
  chatId!: number;

  @ValidateIf((request: OneCLinkRequest) => request.phone != null || request.inviteCode == null)
  @IsEitherThisOr('inviteCode')
  @IsText()
  phone?: string;

  @IsOptional()
  @IsText()
  inviteCode?: string;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => OneCTelegramUser)
  user!: OneCTelegramUser;
}

export class OneCUnlinkRequest {
  @IsText()
  supplierId!: string;

  @IsInt()
  chatId!: number;
}

export class OneCIdentifyResponse {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => OneCSupplier)
  supplier!: OneCSupplier;
}

export class OneCUnlinkResponse {}
