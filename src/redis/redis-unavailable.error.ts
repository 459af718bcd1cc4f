/** Redis is away, too slow, or refuses to work (no memory, a replica that is read only, wrong credentials). */
export class RedisUnavailableError extends Error {
  readonly code = 'redis_unavailable';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = RedisUnavailableError.name;
  }
}
