import { IsArray, IsIn, IsOptional, IsString } from 'class-validator';

export class OneCPingRequest {}

/** `operations` names what this accounting system serves; the bot hides the rest. */
export class OneCPingResponse {
  @IsIn(['ok'])
  status!: 'ok';

  @IsOptional()
  @IsString()
  system?: string;

  @IsOptional()
  @IsString()
  version?: string;

  @IsOptional()
  @IsString()
  time?: string;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  operations?: string[];
}
