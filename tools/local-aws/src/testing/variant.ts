/** What differs between the first deployment and the update. */
export interface Variant {
  readonly image: string;
  readonly blockedRange: string;
  readonly ruleDescription: string;
  readonly maxCapacity: number;
  readonly rotationDays: number;
  readonly threshold: number;
  readonly circuitBreaker: boolean;
  readonly trafficType: string;
  /** Who tokens of the identity provider may be for. */
  readonly audience: string;
}
