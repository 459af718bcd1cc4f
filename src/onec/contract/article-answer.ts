import { IsArray, IsOptional, IsString } from 'class-validator';
import { IsContractDate } from './common';

/** What the answers of `stock` and `prices` tell beside their items. */
export abstract class OneCArticleAnswer {
  /** Articles as they were asked for. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  notFound?: string[];

  @IsOptional()
  @IsContractDate()
  asOf?: string;
}
