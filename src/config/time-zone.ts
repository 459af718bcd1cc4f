/** A name may stand behind a colon (POSIX) or in one of two folders of the system's table; ICU reads past them. */
const BEFORE_NAME = /^:?(?:posix\/|right\/)?/;

/**
 * Whether the process keeps time by this TZ. One that is not known, or is written in other letters, Node takes for UTC
 * without a word.
 *
 * @param name a zone of the IANA database, such as `Europe/Moscow`
 */
export function isKnownTimeZone(name: string): boolean {
  const zone = name.replace(BEFORE_NAME, '');
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    // Newer versions of Node know offsets as zones, but not as TZ.
    return !/^[+-]/.test(zone) && (timeZone === zone || timeZone.toLowerCase() !== zone.toLowerCase());
  } catch {
    return false;
  }
}
