import { type JSX, useEffect } from 'react';
import { actions, useAppState } from '../../state/index.ts';
import { countOf } from '../text.ts';
import { FileChanges } from './FileChanges.tsx';
import { Steps } from './Steps.tsx';

/** What changed since the files were opened, line by line and resource by resource, and the steps that led there. */
export function ChangesPanel(): JSX.Element {
  const version = useAppState((state) => state.version);
  const files = useAppState((state) => state.files);
  const review = useAppState((state) => state.review);
  useEffect(() => actions.refreshReview(), [version, files]);
  const changed = review?.files ?? [];
  return (
    <div className="pn-changes">
      <div className="pn-changes-diff" tabIndex={0} role="group" aria-label="What changed">
        {review === undefined ? null : changed.length === 0 ? (
          <div className="ui-empty">
            <h3>Every file is as it was opened</h3>
            <p>
              Change something, in the text or on the canvas, and you see here which lines differ, resource by resource.
            </p>
          </div>
        ) : (
          <>
            {changed.length > 1 && <p className="pn-changes-sum">{countOf(changed.length, 'file')} changed</p>}
            {changed.map((file) => (
              <FileChanges key={file.file} review={file} />
            ))}
          </>
        )}
      </div>
      {review && <Steps steps={review.steps} done={review.done} />}
    </div>
  );
}
