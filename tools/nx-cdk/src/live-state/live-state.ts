import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Template } from '../assembly/template';
import type { StackDrift, Waits } from './drift';

/** The value of a deployed stack's parameter. */
export interface DeployedParameter {
  /** As given; for an SSM-typed parameter the SSM parameter's name. */
  readonly value: string;
  /** For an SSM-typed parameter the value that CloudFormation read when it last deployed the stack. */
  readonly resolved?: string;
}

/** A stack as CloudFormation has it. */
export interface DeployedStack {
  readonly stackId: string;
  readonly status: string;
  readonly statusReason?: string;
  /** Undefined where CloudFormation has none, or one that is not JSON. */
  readonly template?: Template;
  readonly parameters: Readonly<Record<string, DeployedParameter>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  readonly notificationArns: readonly string[];
  /** Values of its outputs by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Names of its exports. */
  readonly exports: readonly string[];
  /** When it was last updated, or else created; ISO 8601, UTC. */
  readonly lastUpdated: string;
}

/** A resource that CloudFormation could not bring to where it should be. */
export interface FailedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

/** A resource of a deployed stack. */
export interface DeployedResource {
  readonly logicalId: string;
  readonly type: string;
  /** Undefined while CloudFormation has not made it. */
  readonly physicalId?: string;
}

/** What a change set does to one resource, in CloudFormation's words. */
export interface ChangeSetChange {
  readonly logicalId: string;
  readonly type: string;
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import' | 'Dynamic' | 'SyncWithActual';
  /** Of a `Modify`: whether a new resource takes the place of the old one. */
  readonly replacement?: 'True' | 'False' | 'Conditional';
  /** Of a `Modify`: the properties that are concerned, as far as CloudFormation tells them. */
  readonly properties: readonly PropertyChange[];
}

/** What a change set does to one property. */
export interface PropertyChange {
  /** Whether a change of the property replaces the resource. */
  readonly recreation: 'Always' | 'Conditionally' | 'Never';
  /** The property's value before; undefined where CloudFormation does not tell. */
  readonly before?: string;
  /** The value afterwards, or a stand-in for one that is only known then; undefined where CloudFormation does not tell. */
  readonly after?: string;
}

/** Where a stack or parameter lives. */
export interface Place {
  readonly region: string;
  /** Role to read with, if it can be assumed; else the process's own credentials are used. */
  readonly lookupRoleArn?: string;
}

/** Who the credentials belong to. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
  /** When they expire, where that is known and nothing renews them. */
  readonly expiration?: Date;
}

/** What the engine reads from AWS. It changes nothing. */
export interface LiveState {
  identity(region: string): Promise<Identity>;
  /** The deployed stack of that name; undefined when there is none. */
  stack(name: string, place: Place): Promise<DeployedStack | undefined>;
  /** Values of SSM parameters by name; parameters that do not exist are left out. */
  ssmValues(names: Iterable<string>, place: Place): Promise<Map<string, string>>;
  /** What a change set would do, nested stacks left out. */
  changeSet(stackName: string, changeSetName: string, place: Place): Promise<ChangeSetChange[]>;
  /** Names of the stacks that import an export; none when it does not exist. */
  importers(exportName: string, place: Place): Promise<string[]>;
  /**
   * What happened to a stack and its resources, oldest first.
   *
   * @param after id of the last event that is known; without it, what happened since the latest operation began.
   */
  events(stackName: string, place: Place, after?: string): Promise<StackEvent[]>;
  /** The resources of a stack that are in a failed state. */
  failedResources(stackName: string, place: Place): Promise<FailedResource[]>;
  /** Names of all stacks of a region, nested ones left out. */
  stackNames(place: Place): Promise<string[]>;
  /** The resources that a stack has now. */
  resources(stackName: string, place: Place): Promise<DeployedResource[]>;
  /** Whether a bucket has an object, or an old version of one; false also where that must not be read. */
  hasObjects(bucket: string, place: Place): Promise<boolean>;
  /**
   * What was changed behind CloudFormation's back, as CloudFormation finds out now; undefined when there is no such stack.
   * Takes seconds to minutes.
   */
  drift(stackName: string, place: Place, waits: Waits): Promise<StackDrift | undefined>;
  /** Name servers of a hosted zone. */
  nameServers(hostedZoneId: string, place: Place): Promise<string[]>;
}
