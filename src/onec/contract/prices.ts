import { IsArray, IsBoolean, IsOptional, IsString } from 'class-validator';
import { IsAmount, IsArrayOf, IsContractDate, IsCurrency, IsText } from './common';

export class OneCPriceItem {
  @IsText()
  article!: string;

  @IsText()
  name!: string;

  @IsOptional()
  @IsString()
  unit?: string;

  @IsAmount()
  price!: number;

  @IsCurrency()
  currency!: string;

  @IsOptional()
  @IsString()
  priceType?: string;

  @IsOptional()
  @IsBoolean()
  vatIncluded?: boolean;

  @IsOptional()
  @IsContractDate()
  validFrom?: string;
}

export class OneCPricesResponse {
  @IsArrayOf(() => OneCPriceItem)
  items!: OneCPriceItem[];

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  notFound?: string[];

  @IsOptional()
  @IsContractDate()
  asOf?: string;
}
