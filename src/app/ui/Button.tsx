import type { ButtonHTMLAttributes, JSX, Ref } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import { Tooltip } from './Tooltip.tsx';

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & {
  readonly ref?: Ref<HTMLButtonElement> | undefined;
};
interface ButtonProps extends Native {
  /** `primary` once a screen; `plain` has a border; `quiet` is words only. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName | undefined;
}

/** A button with words. */
export function Button({ look = 'plain', icon, children, ...rest }: ButtonProps): JSX.Element {
  return (
    <button type="button" {...rest} className={`ui-button ui-button-${look}`}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  );
}

interface IconButtonProps extends Native {
  readonly icon: IconName;
  /** Its name, and what the tooltip says. */
  readonly label: string;
  /** The command that does the same: its keys are shown. */
  readonly command?: string | undefined;
  readonly look?: 'quiet' | 'plain' | 'primary';
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
}

/** A button with a sign only; hover and focus show its name and keys. Shown but idle (`aria-disabled`) where it can't act, so that it can be asked. */
export function IconButton({
  icon,
  label,
  command,
  look = 'quiet',
  side,
  disabled,
  onClick,
  ...rest
}: IconButtonProps): JSX.Element {
  return (
    <Tooltip text={label} command={command} {...(side ? { side } : {})}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-disabled={disabled ? true : undefined}
        onClick={disabled ? undefined : onClick}
        className={`ui-icon-button ui-button-${look}`}
      >
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}
