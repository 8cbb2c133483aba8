import { createContext, memo, use, useId, useMemo, useState, type JSX, type ReactNode } from 'react';
import type { FieldView } from '../../../state/index.ts';
import { Button, Icon, IconButton, TextBox } from '../../../ui/index.ts';
import { briefly, readValue, valueText, wrongValue } from './read-value.ts';
import { below, reset, write } from './write.ts';

interface FormContext {
  readonly editable: boolean;
  /** Called with the help of the field that has the focus or the pointer. */
  readonly onHelp: (field: FieldView) => void;
  /** Renames the object where this field is its name; other fields are written as they are. */
  readonly onRename: (name: string) => Promise<string | undefined>;
}
const Form = createContext<FormContext>({ editable: false, onHelp: () => undefined, onRename: async () => undefined });

const isName = (field: FieldView): boolean =>
  field.key === 'name' && field.at.path.at(-2) === 'metadata' && field.at.path.length <= 4;

function Labelled({
  field,
  children,
  inline = false,
}: {
  readonly field: FieldView;
  readonly children: ReactNode;
  readonly inline?: boolean;
}): JSX.Element {
  const { editable, onHelp } = use(Form);
  const wrong = wrongValue(field);
  return (
    <div
      className={`pn-field${inline ? ' pn-field-inline' : ''}`}
      data-set={field.set}
      onFocus={() => onHelp(field)}
      onPointerEnter={() => onHelp(field)}
    >
      <div className="pn-field-head">
        <span className="pn-field-label">{field.label}</span>
        {field.set && editable && !isName(field) ? (
          <IconButton icon="reset" label={`Reset ${field.label}`} onClick={() => void reset(field.at)} />
        ) : null}
      </div>
      {children}
      {wrong === undefined ? null : (
        <p className="ui-note ui-note-error">
          <Icon name="error" size={14} />
          {wrong}
        </p>
      )}
    </div>
  );
}

function TextField({ field }: { readonly field: FieldView }): JSX.Element {
  const { editable, onRename } = use(Form);
  const step = (text: string, by: number): string | undefined =>
    /^-?\d+$/.test(text) ? String(Number(text) + by) : undefined;
  const commit = async (text: string): Promise<string | undefined> => {
    if (isName(field)) return onRename(text);
    if (text === '') return field.set ? reset(field.at) : undefined;
    const read = readValue(text, field.type);
    return read.kind === 'refused' ? read.message : write(field.at, read.value);
  };
  return (
    <Labelled field={field}>
      <TextBox
        label={field.label}
        value={valueText(field.value)}
        placeholder={field.placeholder === undefined ? 'not set' : `${field.placeholder} (default)`}
        aria-invalid={wrongValue(field) !== undefined}
        disabled={!editable}
        inputMode={field.type === 'number' ? 'numeric' : 'text'}
        onStep={field.type === 'number' ? step : undefined}
        onCommit={commit}
      />
    </Labelled>
  );
}

const UNSET = '\u0000unset';

function ChoiceField({ field }: { readonly field: FieldView }): JSX.Element {
  const { editable } = use(Form);
  const options = field.type === 'boolean' ? ['true', 'false'] : (field.options ?? []);
  const value = field.set ? valueText(field.value) : UNSET;
  const choose = (next: string): void => {
    if (next === UNSET) void reset(field.at);
    else void write(field.at, field.type === 'boolean' ? next === 'true' : next);
  };
  return (
    <Labelled field={field}>
      <select
        className="ui-select"
        aria-label={field.label}
        aria-invalid={wrongValue(field) !== undefined}
        data-unset={!field.set}
        disabled={!editable}
        value={value}
        onChange={(event) => choose(event.target.value)}
      >
        <option value={UNSET}>{field.placeholder === undefined ? 'not set' : `${field.placeholder} (default)`}</option>
        {field.set && !options.includes(value) ? <option value={value}>{value}</option> : null}
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** A list of single values: a box for each, one more to add to them. */
function ItemsField({ field }: { readonly field: FieldView }): JSX.Element {
  const { editable } = use(Form);
  const items = Array.isArray(field.value) ? field.value : [];
  const type = field.of ?? 'string';
  const commitItem =
    (index: number) =>
    async (text: string): Promise<string | undefined> => {
      if (text === '') return items.length === 1 ? reset(field.at) : reset(below(field.at, index));
      const read = readValue(text, type);
      return read.kind === 'refused' ? read.message : write(below(field.at, index), read.value);
    };
  const add = async (text: string): Promise<string | undefined> => {
    if (text.trim() === '') return undefined;
    const read = readValue(text.trim(), type);
    if (read.kind === 'refused') return read.message;
    return field.set && items.length > 0
      ? write(below(field.at, items.length), read.value)
      : write(field.at, [read.value]);
  };
  return (
    <Labelled field={field}>
      <div className="pn-items">
        {items.map((item, index) => (
          // Items of a list have no other name than their place.
          <div key={index} className="pn-item">
            <TextBox
              label={`${field.label} ${String(index + 1)}`}
              value={valueText(item)}
              disabled={!editable}
              onCommit={commitItem(index)}
            />
            <IconButton
              icon="close"
              label={`Remove ${valueText(item)}`}
              disabled={!editable}
              onClick={() => void (items.length === 1 ? reset(field.at) : reset(below(field.at, index)))}
            />
          </div>
        ))}
        <TextBox
          key={`add ${String(items.length)}`}
          label={`Add to ${field.label}`}
          value=""
          placeholder={
            items.length === 0 && field.placeholder !== undefined
              ? `${field.placeholder} (default) · add one`
              : 'add one'
          }
          disabled={!editable}
          onCommit={add}
        />
      </div>
    </Labelled>
  );
}

/** A map of single values: key and value beside each other, and a box that takes `key: value`. */
function MapField({ field }: { readonly field: FieldView }): JSX.Element {
  const { editable } = use(Form);
  const entries =
    typeof field.value === 'object' && field.value !== null && !Array.isArray(field.value)
      ? Object.entries(field.value)
      : [];
  const add = async (text: string): Promise<string | undefined> => {
    const parts = /^\s*([^:=\s]+)\s*[:=]\s*(.*?)\s*$/.exec(text);
    if (!parts) return text.trim() === '' ? undefined : 'Write it as key: value.';
    const [, key = '', value = ''] = parts;
    return write(below(field.at, key), value);
  };
  return (
    <Labelled field={field}>
      <div className="pn-items">
        {entries.map(([key, value]) => (
          <div key={key} className="pn-item">
            <span className="pn-item-key">{key}</span>
            <TextBox
              label={`${field.label} ${key}`}
              value={valueText(value)}
              disabled={!editable || (typeof value === 'object' && value !== null)}
              onCommit={(text) => write(below(field.at, key), text)}
            />
            <IconButton
              icon="close"
              label={`Remove ${key}`}
              disabled={!editable}
              onClick={() => void reset(below(field.at, key))}
            />
          </div>
        ))}
        <TextBox
          key={`add ${String(entries.length)}`}
          label={`Add to ${field.label}`}
          value=""
          placeholder={
            entries.length === 0 && field.placeholder !== undefined
              ? `${field.placeholder} (default) · key: value`
              : 'key: value'
          }
          disabled={!editable}
          onCommit={add}
        />
      </div>
    </Labelled>
  );
}

/** A message that is not there yet, or a list of messages: one line with what adds it. */
function AddField({ field, value }: { readonly field: FieldView; readonly value: 'message' | 'list' }): JSX.Element {
  const { editable } = use(Form);
  return (
    <Labelled field={field} inline>
      <span className="pn-field-default">
        {field.placeholder === undefined ? '' : `${field.placeholder} (default)`}
      </span>
      <Button
        look="quiet"
        icon="plus"
        disabled={!editable}
        aria-label={`Add ${field.label}`}
        onClick={() => void write(field.at, value === 'list' ? [{}] : {})}
      >
        Add
      </Button>
    </Labelled>
  );
}

function GroupField({ field }: { readonly field: FieldView }): JSX.Element {
  const { editable, onHelp } = use(Form);
  const wrong = wrongValue(field);
  const children = field.children ?? [];
  const isList = field.type === 'list';
  const bodyId = useId();
  const [open, setOpen] = useState(false);
  return (
    <details
      className="pn-group"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onPointerEnter={() => onHelp(field)}
      onFocus={() => onHelp(field)}
    >
      <summary aria-controls={open ? bodyId : undefined}>
        <Icon name="chevronRight" size={14} />
        <span className="pn-field-label">{field.label}</span>
        <span className="pn-group-brief">{briefly(field)}</span>
      </summary>
      {open ? (
        <div className="pn-group-body" id={bodyId}>
          {wrong === undefined ? null : <p className="ui-note ui-note-error">{wrong}</p>}
          {isList ? (
            children.map((child, index) => (
              <Field key={child.key} field={{ ...child, label: `${field.label} ${String(index + 1)}` }} />
            ))
          ) : (
            <FieldList fields={children} />
          )}
          <div className="pn-group-acts">
            {isList ? (
              <Button
                look="quiet"
                icon="plus"
                disabled={!editable}
                onClick={() => void write(below(field.at, children.length), {})}
              >
                Add to {field.label.toLowerCase()}
              </Button>
            ) : null}
            <Button look="quiet" icon="trash" disabled={!editable} onClick={() => void reset(field.at)}>
              Remove {field.label.toLowerCase()}
            </Button>
          </div>
        </div>
      ) : null}
    </details>
  );
}

/** Fields that say the same are the same objects (`applyRest`), so only what changed is rendered. */
const Field = memo(function Field({ field }: { readonly field: FieldView }): JSX.Element {
  switch (field.type) {
    case 'enum':
    case 'boolean':
      return <ChoiceField field={field} />;
    case 'map':
      return field.of === 'message' || field.of === 'list' ? <GroupField field={field} /> : <MapField field={field} />;
    case 'list':
      if (field.of === 'message' || field.of === 'list' || field.of === 'map') {
        return field.set ? <GroupField field={field} /> : <AddField field={field} value="list" />;
      }
      return <ItemsField field={field} />;
    case 'message':
      return field.set ? <GroupField field={field} /> : <AddField field={field} value="message" />;
    default:
      return <TextField field={field} />;
  }
});

/** The fields of a message: those that are set, then those that are not, each in the order of Istio's reference. */
function FieldList({ fields }: { readonly fields: readonly FieldView[] }): JSX.Element {
  return (
    <>
      {fields
        .filter(({ set }) => set)
        .map((field) => (
          <Field key={field.key} field={field} />
        ))}
      {fields
        .filter(({ set }) => !set)
        .map((field) => (
          <Field key={field.key} field={field} />
        ))}
    </>
  );
}

/** A form over the fields of what is picked. Everything is written when its box is left; refusals stay beside it. */
export function FieldForm({
  fields,
  editable,
  onHelp,
  onRename,
}: FormContext & { readonly fields: readonly FieldView[] }): JSX.Element {
  const context = useMemo(() => ({ editable, onHelp, onRename }), [editable, onHelp, onRename]);
  return (
    <Form value={context}>
      <div className="pn-form">
        <FieldList fields={fields} />
      </div>
    </Form>
  );
}
