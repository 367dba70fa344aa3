import { AwsError } from '../wire';

/** The members of the requests that the script reads. */
interface Request {
  readonly Name?: string;
  readonly Path?: string;
  readonly Names?: readonly string[];
  readonly Value?: string;
  readonly Overwrite?: boolean;
}

/** Parameter Store, with String parameters, and SecureStrings that it never decrypts. */
export class ScriptedSsm {
  /** Names of the SecureStrings. */
  public readonly secure = new Set<string>();
  private readonly versions = new Map<string, number>();

  /** @param parameters values by name. */
  public constructor(public readonly parameters = new Map<string, string>()) {}

  /**
   * Answers one request.
   *
   * @throws AwsError as Parameter Store would.
   */
  public handle(action: string, request: Request): object {
    switch (action) {
      case 'GetParameter':
        return { Parameter: this.describe(this.existing(request.Name)) };
      case 'GetParameters': {
        const [found, missing] = this.split(request.Names);
        return { Parameters: found.map((name) => this.describe(name)), InvalidParameters: missing };
      }
      case 'GetParametersByPath': {
        const below = [...this.parameters.keys()].filter((name) => name.startsWith(`${request.Path}/`));
        return { Parameters: below.map((name) => this.describe(name)) };
      }
      case 'PutParameter':
        return this.put(request);
      case 'DeleteParameter':
        this.parameters.delete(this.existing(request.Name));
        return {};
      case 'DeleteParameters': {
        const [found, missing] = this.split(request.Names);
        for (const name of found) this.parameters.delete(name);
        return { DeletedParameters: found, InvalidParameters: missing };
      }
      default:
        throw new AwsError(400, 'UnknownOperationException', `The script has no ${action}`);
    }
  }

  private put({ Name = '', Value = '', Overwrite = false }: Request) {
    const exists = this.parameters.has(Name);
    if (exists && !Overwrite) {
      throw new AwsError(
        400,
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const version = exists ? this.version(Name) + 1 : 1;
    this.parameters.set(Name, Value);
    this.versions.set(Name, version);
    return { Version: version, Tier: 'Standard' };
  }

  private describe(name: string) {
    const Type = this.secure.has(name) ? 'SecureString' : 'String';
    const Value = this.secure.has(name) ? 'encrypted' : this.parameters.get(name);
    return { Name: name, Type, Value, Version: this.version(name) };
  }

  private version(name: string): number {
    return this.versions.get(name) ?? 1;
  }

  private existing(name = ''): string {
    if (this.parameters.has(name)) return name;
    throw new AwsError(400, 'ParameterNotFound', '');
  }

  private split(names: readonly string[] = []): [string[], string[]] {
    return [names.filter((name) => this.parameters.has(name)), names.filter((name) => !this.parameters.has(name))];
  }
}
