import type { Logger } from '../logging/logger.ts';

/** Something that only the owner can mend. Holds no secret. */
export interface Alert {
  /** At most 100 characters, without line breaks: the subject of a letter. */
  readonly subject: string;
  readonly text: string;
}

/** Sends an alert. @throws Error when it could not be sent. */
export type NotifyOwner = (alert: Alert) => Promise<void>;

/**
 * Alerts go to the SNS topic named by ALERT_TOPIC_ARN, and to the log at its loudest. Without a topic, as on a laptop,
 * the log is all there is. The SDK is loaded with the first alert.
 */
export function createNotifyOwner(env: Readonly<Record<string, string | undefined>>, logger: Logger): NotifyOwner {
  const topic = env.ALERT_TOPIC_ARN ?? '';
  return async ({ subject, text }) => {
    logger.error('OWNER, PLEASE ACT', { subject, text });
    if (topic === '') return;
    const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
    const client = new SNSClient({ maxAttempts: 3 });
    try {
      await client.send(new PublishCommand({ TopicArn: topic, Subject: subject, Message: text }));
    } finally {
      client.destroy();
    }
  };
}
