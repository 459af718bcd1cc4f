/** What a person's application would not let the person do; `status` is for the HTTP side. */
export class PersonError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'PersonError';
  }
}
