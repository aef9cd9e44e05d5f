// The closed set of operators that every command reduces to; code is generated from them alone.
export interface Operator {
  readonly op: string;
}
export interface PlanContext {
  readonly timezone: string;
}
