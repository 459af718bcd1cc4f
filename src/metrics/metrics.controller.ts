import { Controller, Get, Header } from '@nestjs/common';
import { Registry } from 'prom-client';

/** What Prometheus asks for: the text format 0.0.4. */
@Controller('metrics')
export class MetricsController {
  constructor(private readonly registry: Registry) {}

  @Get()
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  @Header('Cache-Control', 'no-store')
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}
