/**
 * Waits for the work no longer than the deadline.
 *
 * An answer that lies in the socket already counts as in time: a process that was busy itself must not take that for a
 * slow server.
 *
 * @param ms deadline in milliseconds
 * @param late what to do with a result that came after all
 * @returns the result; rejects with the work's own error or, after the deadline, with the one of `error`
 */
export function withinDeadline<T>(
  work: Promise<T>,
  ms: number,
  error: () => Error,
  late: (value: T) => void = () => undefined,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let isOver = false;
    const expire = () => {
      isOver = true;
      reject(error());
    };
    // Timers run before the sockets are read, immediates after.
    const timer = setTimeout(() => (immediate = setImmediate(expire)), ms);
    let immediate: NodeJS.Immediate | undefined;
    const settle = () => {
      clearTimeout(timer);
      clearImmediate(immediate);
    };
    work.then(
      (value) => {
        settle();
        if (isOver) late(value);
        else resolve(value);
      },
      (reason: Error) => {
        settle();
        reject(reason);
      },
    );
  });
}
