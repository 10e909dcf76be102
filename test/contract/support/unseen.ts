/** Good answers that no call here gets, by `KEY STATUS`, and why. */
export const unseenAnswers: Readonly<Record<string, string>> = {
  'POST /v1/videos 202': 'comes when a video takes longer than its function may run: a quarter of an hour',
};

/** Codes that no call here gets, and why. */
export const unseenCodes: Readonly<Record<string, string>> = {
  account_gone: 'needs a video whose account was removed meanwhile: test/e2e/videos-faults.test.ts',
  cancelled: 'needs a video that the owner cancels while somebody waits for it: test/unit/videos',
  not_started: 'needs a state machine that can not be started: test/unit/videos',
  timed_out: 'comes when a video takes longer than its job may: test/unit/videos',
  unknown: 'is a failure of a job that has no name',
  video_lost: 'needs a video that the upstream has forgotten: test/unit/videos',
  conversation_unreadable: 'needs a conversation of 117 KB and a broken reader: test/e2e/long-conversations.test.ts',
  file_account_conflict: 'needs two accounts that each have a file: test/e2e/files.test.ts',
  file_gone: 'needs an account that was removed after it got a file: test/e2e/files.test.ts',
  idempotency_in_progress: 'needs a function whose time is nearly over: test/unit/idempotency',
  idempotent_answer_lost: 'needs a function that was killed in mid-answer: test/unit/idempotency',
  internal_error: 'is a fault that nobody knows of',
  key_busy: 'needs a change of a key that was broken off: test/unit/keys',
  last_admin_key: 'needs a gateway without a key in its environment: test/unit/keys',
  misconfigured: 'needs a deployment without a bucket or a state machine: test/unit/jobs',
  object_store_unavailable: 'needs a store that fails: test/unit/objects',
  secret_key_unavailable: 'needs a parameter store that fails: test/unit/secrets',
  secret_unreadable: 'needs a row that was changed by hand: test/unit/secrets',
  store_unavailable: 'needs a table that fails: test/unit/store',
  upstream_reply_lost:
    'is met by a video job in the background, which then looks for its video: test/e2e/videos-faults.test.ts',
  video_expired: 'needs a video whose copy and link are both over: test/e2e/videos-faults.test.ts',
  video_late: 'comes when a video takes longer than a function may run: test/e2e/videos-chat.test.ts',
};
