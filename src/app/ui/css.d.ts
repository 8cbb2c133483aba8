import 'react';

declare module 'react' {
  // Custom properties are the way in which a place of the palette or a share reaches the style sheet.
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
