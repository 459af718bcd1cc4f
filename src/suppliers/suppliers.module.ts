import { Module } from '@nestjs/common';
import { CacheModule } from '../cache/cache.module';
import { SupplierService } from './supplier.service';

/** Who is behind a chat. */
@Module({ imports: [CacheModule], providers: [SupplierService], exports: [SupplierService] })
export class SuppliersModule {}
