/** The kind of text a response has. */
export enum BlockResponseType {
  /** `text/plain` */
  TEXT = 'TEXT_PLAIN',
  /** `application/json` */
  JSON = 'APPLICATION_JSON',
  /** `text/html` */
  HTML = 'TEXT_HTML',
}

/** What a web ACL answers to a request that it refuses. */
export interface BlockResponse {
  /** Status code, 200 to 599. */
  readonly statusCode: number;

  /**
   * Text of the response, at most 4096 bytes.
   *
   * @default - no text
   */
  readonly body?: string;

  /**
   * Kind of `body`.
   *
   * @default BlockResponseType.TEXT
   */
  readonly bodyType?: BlockResponseType;

  /**
   * Headers of the response, e.g. `{ 'retry-after': '300' }`; not `content-type`.
   *
   * @default - none
   */
  readonly headers?: { [name: string]: string };
}
