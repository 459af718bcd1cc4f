import { IsBoolean, IsOptional, IsString } from 'class-validator';
import { OneCArticleAnswer } from './article-answer';
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

export class OneCPricesResponse extends OneCArticleAnswer {
  @IsArrayOf(() => OneCPriceItem)
  items!: OneCPriceItem[];
}
