import { useCallback, useState, type JSX } from 'react';
import type { GraphNode } from '../../../core/graph/types.ts';
import type { YamlPath } from '../../../core/yaml/types.ts';
import { actions, type FieldView, type Inspected, type InspectorView } from '../../state/index.ts';
import { Icon, IconButton, kindIcon } from '../../ui/index.ts';
import { PickedProblems } from '../problems/PickedProblems.tsx';
import { FieldForm } from './fields/FieldForm.tsx';
import { JoinedLists } from './JoinedLists.tsx';
import { NamedRows } from './NamedRows.tsx';
import { pickedOf, type Picked } from './picked.ts';
import { RenameBox } from './RenameBox.tsx';
import { SplitEditor } from './split/SplitEditor.tsx';

/** `spec.http[1].route[0]` without the leading `spec`, which says nothing. */
function pathText(path: YamlPath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${String(step)}]` : `.${step}`)).join('');
  return text.replace(/^[.]spec[.]?/, '').replace(/^[.]/, '');
}

function Head({ view }: { readonly view: InspectorView }): JSX.Element {
  const [renaming, setRenaming] = useState(false);
  const { resource, editable } = view;
  const path = pathText(view.source.path);
  const isObject = path === '' || /^items\[\d+\]$/.test(path);
  const isRule = /(http|tls|tcp)\[\d+\]$/.test(path);
  const [first, last] = view.lines;
  return (
    <header className="pn-inspector-head">
      <div className="pn-inspector-title">
        <Icon name={kindIcon(isRule ? 'rule' : view.kind)} />
        <h2 title={view.title}>{view.title}</h2>
        {resource !== undefined && isObject ? (
          <span className="pn-inspector-acts">
            <IconButton
              icon="pencil"
              label="Rename"
              command="edit.rename"
              disabled={!editable}
              onClick={() => setRenaming(true)}
            />
            <IconButton
              icon="copy"
              label="Duplicate"
              command="edit.duplicate"
              disabled={!editable}
              onClick={() => void actions.gesture({ kind: 'duplicateResource', resource }, 'panel')}
            />
            <IconButton
              icon="trash"
              label="Delete"
              command="edit.delete"
              disabled={!editable}
              onClick={() => void actions.gesture({ kind: 'deleteResource', resource }, 'panel')}
            />
          </span>
        ) : null}
        {isRule ? (
          <IconButton
            icon="trash"
            label="Remove this rule"
            command="edit.delete"
            disabled={!editable}
            onClick={() => void actions.gesture({ kind: 'removeRule', rule: view.source }, 'panel')}
          />
        ) : null}
      </div>
      <button
        type="button"
        className="pn-inspector-place"
        title="Show it in the text"
        onClick={() => actions.select([view.id])}
      >
        {resource}
        {path === '' ? '' : ' · '}
        {path === '' ? null : <code>{path}</code>} ·{' '}
        {first === last ? `line ${String(first)}` : `lines ${String(first)}–${String(last)}`}
      </button>
      {renaming && resource !== undefined ? <RenameBox resource={resource} onDone={() => setRenaming(false)} /> : null}
      {view.refusal === undefined ? null : (
        <p className="pn-refusal" role="note">
          <Icon name="lock" size={14} />
          {view.refusal}
        </p>
      )}
    </header>
  );
}

function Body({ view, picked }: { readonly view: InspectorView; readonly picked: Picked }): JSX.Element {
  const [help, setHelp] = useState<FieldView | undefined>();
  const { rule, node } = picked;
  const { resource } = view;
  const onRename = useCallback(
    async (name: string): Promise<string | undefined> =>
      resource === undefined
        ? undefined
        : (await actions.gesture({ kind: 'renameResource', resource, name }, 'panel'))?.message,
    [resource],
  );
  return (
    <>
      <div className="pn-inspector-scroll">
        <Head key={`${view.id} head`} view={view} />
        <PickedProblems
          node={node}
          row={rule ?? node?.rows.find((row) => row.id === view.id)}
          resource={view.resource}
        />
        {rule?.source ? (
          <SplitEditor key={`${rule.id} split`} rule={{ ...rule, source: rule.source }} editable={view.editable} />
        ) : null}
        {node ? <JoinedLists node={node} /> : null}
        {!rule && node?.id === view.id ? <NamedRows node={node} editable={view.editable} /> : null}
        <FieldForm
          key={`${view.id} fields`}
          fields={view.fields}
          editable={view.editable}
          onHelp={setHelp}
          onRename={onRename}
        />
      </div>
      <footer className="pn-help">
        {help === undefined ? (
          <span className="pn-dim">Point at a field to read what it does.</span>
        ) : (
          <>
            <strong>{help.label}</strong> {help.help}
          </>
        )}
      </footer>
    </>
  );
}

/** What is known of a node that no text of its own stands behind: callers, assumed services, ghosts. */
function Bare({ node }: { readonly node: GraphNode }): JSX.Element {
  return (
    <div className="pn-inspector-scroll">
      <header className="pn-inspector-head">
        <div className="pn-inspector-title">
          <Icon name={node.caller?.kind === 'workload' ? 'workload' : kindIcon(node.kind)} />
          <h2>{node.title}</h2>
        </div>
        <p className="pn-inspector-place">{[node.name, node.subtitle].filter((text) => text !== '').join(' · ')}</p>
      </header>
      <p className="pn-refusal" role="note">
        <Icon name={node.kind === 'ghost' ? 'ghost' : 'info'} size={14} />
        {bareNote(node)}
      </p>
      <JoinedLists node={node} />
      <NamedRows node={node} editable />
    </div>
  );
}

function bareNote(node: GraphNode): string {
  if (node.kind === 'ghost')
    return `Something refers to it, and no document declares it${node.note === undefined ? '' : `: ${node.note}`}.`;
  if (node.kind === 'caller')
    return 'A source of requests. What it sends, and how often, stands under “callers” of a Scenario document; without one it follows from the rules.';
  return 'No document declares this service. It is taken to exist, since something names it, with one pod for each subset.';
}

export interface FieldsProps {
  readonly shown: Inspected;
}

/** Everything about what is picked: its name, what is wrong with it, and every field. */
export function Fields({ shown: { view, nodes, id } }: FieldsProps): JSX.Element | null {
  const picked = pickedOf(nodes, id);
  if (view !== null && view.id === id) return <Body view={view} picked={picked} />;
  return picked.node ? <Bare node={picked.node} /> : null;
}
