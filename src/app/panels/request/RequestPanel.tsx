import type { JSX } from 'react';

/** Says what will be here: the explanation of one request comes with the whole routing engine. */
export function RequestPanel(): JSX.Element {
  return (
    <div className="ui-empty">
      <h3>One request, and why it goes where it goes</h3>
      <p>
        This panel will take a method, a URL, headers and a caller, and show the answer with the reason of every rule.
        It is not here yet: until then, press Play in Traffic and follow the dots.
      </p>
    </div>
  );
}
