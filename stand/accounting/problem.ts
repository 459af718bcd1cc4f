const TITLES: Readonly<Record<string, string>> = {
  bad_request: 'The request does not fit the contract',
  forbidden: 'Access denied',
  supplier_not_found: 'Supplier not found',
  order_not_found: 'Order not found',
  code_not_found: 'Invite code not found',
  already_linked: 'The chat is linked already',
  link_pending: 'The link waits for approval',
  code_expired: 'The invite code has expired',
  not_supported: 'Operation not supported',
  too_many_requests: 'Too many requests',
  method_not_allowed: 'Method not allowed',
  not_found: 'Not found',
};

/** An answer that is an error: RFC 9457 with the contract's member `code` (contract, Errors). */
export class Problem extends Error {
  override readonly name = 'Problem';

  /**
   * @param status of HTTP
   * @param code of the contract
   * @param detail what was wrong with this very request
   * @param headers to send with it
   */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }

  /** The body, of media type `application/problem+json`. */
  toJSON(): object {
    const title = TITLES[this.code] ?? 'The accounting system failed';
    return { status: this.status, code: this.code, title, detail: this.detail };
  }
}
