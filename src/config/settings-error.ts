export interface SettingFault {
  /** Name in the environment. */
  name: string;
  /** What is wrong and what to do; never the value. */
  problem: string;
}

/** The start is impossible: the message names every faulty variable at once, and never a value. */
export class SettingsError extends Error {
  readonly code = 'settings_invalid';

  constructor(readonly faults: readonly SettingFault[]) {
    super(
      [
        `supplier-bot cannot start: ${faults.length} ${faults.length === 1 ? 'setting is' : 'settings are'} missing or wrong.`,
        ...faults.map(({ name, problem }) => `  - ${name} ${problem}`),
        'Set them in the environment or in the file .env; .env.example describes them all.',
      ].join('\n'),
    );
    this.name = SettingsError.name;
  }
}
