import { useEffect, useState } from 'react';

/** The value, a frame late: what it renders never stands between an edit and the picture of it. */
export function useAfterFrame<T>(value: T): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setShown(value));
    });
    return () => {
      // A value that waits for its turn in a frame gives way to the next one; one whose frame has come is shown.
      if (timer === undefined) cancelAnimationFrame(frame);
    };
  }, [value]);
  return shown;
}
