import { InvalidRequestError } from '../chat/errors/request-errors.ts';

/** No account of this id. */
export class AccountNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly type = 'not_found_error';
  override readonly code = 'account_not_found';

  constructor() {
    super('There is no such account. GET /admin/accounts lists what there is.');
  }
}

/** No gateway key of this id. */
export class KeyNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly type = 'not_found_error';
  override readonly code = 'key_not_found';

  constructor() {
    super('There is no such key. GET /admin/keys lists what there is.');
  }
}

/** The key comes and goes with the owner's environment. */
export class EnvironmentKeyError extends InvalidRequestError {
  override readonly status = 409;
  override readonly code = 'key_from_environment';

  constructor() {
    super('This key comes from API_KEY or API_KEYS. Change it there, and start or import again.');
  }
}

/** Without this key nobody could manage the gateway. */
export class LastAdminKeyError extends InvalidRequestError {
  override readonly status = 409;
  override readonly code = 'last_admin_key';

  constructor() {
    super('This is the last admin key that does not expire. Make another one first.');
  }
}

/** Somebody else takes the key's rights away at the same time. */
export class KeyBusyError extends InvalidRequestError {
  override readonly status = 409;
  override readonly code = 'key_busy';

  constructor() {
    super('The key is being changed by somebody else. Look at it again in a minute.');
  }
}

/** No import of this id, or one too old. */
export class ImportNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly type = 'not_found_error';
  override readonly code = 'import_not_found';

  constructor() {
    super('There is no such import; imports are forgotten after seven days.');
  }
}

/** The account is in a state in which this act means nothing. */
export class AccountStateError extends InvalidRequestError {
  override readonly status = 409;
  override readonly code = 'account_state';
}

/** There is no session to end: the key itself was shown. */
export class NoSessionError extends InvalidRequestError {
  override readonly code = 'no_session';

  constructor() {
    super('This is a key, and no session that could be ended.');
  }
}

/** The settings are no longer what the owner has looked at. */
export class SettingsChangedError extends InvalidRequestError {
  override readonly status = 409;
  override readonly code = 'settings_changed';

  /** @param names of the settings that are in the way, when it is not their version alone. */
  constructor(names: readonly string[] = []) {
    super(
      names.length === 0
        ? 'The settings were changed meanwhile. Look at them again, and send their version.'
        : `Changed again since: ${names.join(', ')}. Undo the later change first, or set the values themselves.`,
      names[0] === undefined ? {} : { param: names[0] },
    );
  }
}

/** No change of settings has this version. */
export class ChangeNotFoundError extends InvalidRequestError {
  override readonly status = 404;
  override readonly type = 'not_found_error';
  override readonly code = 'change_not_found';

  constructor() {
    super('There is no such change. GET /admin/settings/history lists what there is.', { param: 'version' });
  }
}
