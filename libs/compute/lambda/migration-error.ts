/** CloudFormation takes an answer of 4 KB at most, and waits for another one where it is longer. */
const MAX_REASON_LENGTH = 2000;

/** Why a deployment ends here, in one line: CDK's provider makes the error's stack the reason that CloudFormation shows. */
export class MigrationError extends Error {
  constructor(reason: string) {
    const line = reason.replace(/\s+/g, ' ').trim();
    super(line.length > MAX_REASON_LENGTH ? `${line.slice(0, MAX_REASON_LENGTH)}…` : line);
    this.name = 'MigrationError';
    this.stack = this.message;
  }
}

/** The handler, with every error made one that fits into the answer. */
export function withBriefErrors<Request, Answer>(handler: (request: Request) => Promise<Answer>) {
  return async (request: Request): Promise<Answer> => {
    try {
      return await handler(request);
    } catch (error) {
      if (error instanceof MigrationError) throw error;
      const { name, message } = error as Error;
      throw new MigrationError(`The migration could not be run or followed: ${name}: ${message}`);
    }
  };
}
