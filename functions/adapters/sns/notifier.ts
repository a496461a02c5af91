import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notifier } from '../../usecases/ports/alerts.ts';
import { toAdapterError } from '../aws-errors.ts';

/**
 * The alerts topic. One message in three shapes: the CloudEvents envelope for machines, a short text for telephones,
 * a letter for people; SNS gives each subscriber the one of its protocol.
 */
export function snsNotifier(client: SNSClient, topicArn: string): Notifier {
  return {
    publish: async ({ body, shortText, letter, subjectLine, attributes }) => {
      try {
        const answer = await client.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: subjectLine,
            MessageStructure: 'json',
            Message: JSON.stringify({ default: body, sms: shortText, email: letter }),
            MessageAttributes: Object.fromEntries(
              Object.entries(attributes).map(([name, value]) => [
                name,
                { DataType: value.startsWith('[') ? 'String.Array' : 'String', StringValue: value },
              ]),
            ),
          }),
        );
        return { messageId: answer.MessageId ?? '-' };
      } catch (error) {
        throw toAdapterError('publish notification', error);
      }
    },
  };
}
