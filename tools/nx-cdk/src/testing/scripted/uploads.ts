import type { AwsAnswer, AwsRequest } from '../wire';
import type { Service } from './scripted-aws';

/**
 * The bucket for assets, as far as uploading templates needs it: every object is new and is kept.
 *
 * @param keep gets each object with the last part of its key.
 */
export function uploads(keep: (name: string, body: string) => void): Service {
  return ({ method, path, body }: AwsRequest): AwsAnswer => {
    const xml = (text: string) => ({ status: 200, type: 'application/xml', body: text });
    const [key = '', query = ''] = path.split('?');
    if (method === 'PUT') {
      keep(key.split('/').at(-1) ?? '', contentOf(body));
      return xml('');
    }
    if (query.includes('location')) return xml('<LocationConstraint>eu-west-1</LocationConstraint>');
    if (query.includes('encryption')) return xml('<ServerSideEncryptionConfiguration/>');
    return xml('<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>');
  };
}

/** The SDK may send a body in chunks, each behind its size in hexadecimal: the content encoding `aws-chunked`. */
function contentOf(body: string): string {
  const chunk = /^([0-9a-f]+)(?:;[^\r\n]*)?\r\n/.exec(body);
  if (!chunk) return body;
  const size = Number.parseInt(chunk[1]!, 16);
  const start = chunk[0].length;
  return size === 0 ? '' : body.slice(start, start + size) + contentOf(body.slice(start + size + 2));
}
